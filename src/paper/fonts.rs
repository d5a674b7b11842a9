//! DejaVu Sans is in the program; it has Latin, Greek, Cyrillic, Arabic, Hebrew and more. A letter that it has not is looked for in the
//! fonts of a folder of the machine, which is read once, when the first such letter comes.

use std::{
    collections::HashMap,
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use fontdb::{Database, ID};
use krilla::text::Font;
use rustybuzz::ttf_parser;

/// A font that can be both measured and embedded.
pub(super) struct Face {
    pub font: Font,
    pub shaper: rustybuzz::Face<'static>,
}

impl Face {
    fn new(data: &'static [u8], index: u32) -> Option<Face> {
        Some(Face { font: Font::new(data.into(), index)?, shaper: rustybuzz::Face::from_slice(data, index)? })
    }

    pub fn has(&self, letter: char) -> bool {
        self.shaper.glyph_index(letter).is_some()
    }
}

/// Where papers find their letters.
#[derive(Clone)]
pub struct Fonts(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    plain: OnceLock<Arc<Face>>,
    bold: OnceLock<Arc<Face>>,
    folder_fonts: OnceLock<Vec<ID>>,
    /// Which font of the folder has a letter, or that none has.
    found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
    database: Database,
    letters: HashMap<char, Option<ID>>,
    faces: HashMap<ID, Option<Arc<Face>>>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fonts").field(&self.0.folder).finish()
    }
}

impl Fonts {
    pub fn new(folder: impl Into<PathBuf>) -> Fonts {
        Fonts(Arc::new(Inner {
            folder: folder.into(),
            plain: OnceLock::new(),
            bold: OnceLock::new(),
            folder_fonts: OnceLock::new(),
            found: Mutex::default(),
        }))
    }

    pub(super) fn own(&self, is_bold: bool) -> Arc<Face> {
        let (place, data) = if is_bold {
            (&self.0.bold, dejavu::sans_condensed::bold())
        } else {
            (&self.0.plain, dejavu::sans_condensed::regular())
        };
        place.get_or_init(|| Arc::new(Face::new(data, 0).expect("the font in the program can be read"))).clone()
    }

    /// A font of the folder that has the letter.
    pub(super) fn other(&self, letter: char) -> Option<Arc<Face>> {
        // What another thread left half done is only a cache.
        let mut found = self.0.found.lock().unwrap_or_else(PoisonError::into_inner);
        let order = self.0.folder_fonts.get_or_init(|| {
            found.database.load_fonts_dir(&self.0.folder);
            in_order(&found.database)
        });
        let Found { database, letters, faces } = &mut *found;
        let id = *letters.entry(letter).or_insert_with(|| order.iter().copied().find(|id| has(database, *id, letter)));
        let id = id?;
        faces.entry(id).or_insert_with(|| kept(database, id)).clone()
    }
}

/// Sans-serif before others and upright before italic, then by file, so that the same machine always takes the same.
fn in_order(database: &Database) -> Vec<ID> {
    let path = |source: &fontdb::Source| match source {
        fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => path.clone(),
        fontdb::Source::Binary(_) => PathBuf::new(),
    };
    let mut faces: Vec<_> = database
        .faces()
        .map(|face| {
            let family = face.families.first().map(|(name, _)| name.as_str()).unwrap_or_default();
            let is_plain = face.style == fontdb::Style::Normal && face.weight == fontdb::Weight::NORMAL;
            ((!is_plain, !family.starts_with("Noto Sans"), !family.contains("Sans"), path(&face.source), face.index), face.id)
        })
        .collect();
    faces.sort();
    faces.into_iter().map(|(_, id)| id).collect()
}

fn has(database: &Database, id: ID, letter: char) -> bool {
    let look = |data: &[u8], index| ttf_parser::Face::parse(data, index).is_ok_and(|face| face.glyph_index(letter).is_some());
    database.with_face_data(id, look).unwrap_or(false)
}

/// A font that was used once is used again: it stays in memory for the life of the process.
fn kept(database: &Database, id: ID) -> Option<Arc<Face>> {
    let (data, index) = database.with_face_data(id, |data, index| (data.to_vec(), index))?;
    Face::new(Box::leak(data.into_boxed_slice()), index).map(Arc::new)
}
