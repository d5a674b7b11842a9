//! One line of text in glyphs: which way each part runs, which font has its letters, how wide it is.

use std::{ops::Range, sync::Arc};

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};

use super::fonts::{Face, Fonts};

/// Glyphs of one font, from left to right.
#[derive(Clone)]
pub(super) struct Run {
    pub face: Arc<Face>,
    pub text: String,
    /// Measures are in parts of the size of the font.
    pub glyphs: Vec<KrillaGlyph>,
    pub width: f32,
}

/// The runs of a line from left to right, for a paragraph of this direction.
pub(super) fn set(fonts: &Fonts, text: &str, is_bold: bool, is_rtl: bool) -> Vec<Run> {
    let base = if is_rtl { Level::rtl() } else { Level::ltr() };
    // A line break in a name would be a paragraph of its own.
    let text: String =
        text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    let bidi = BidiInfo::new(&text, Some(base));
    let mut runs = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, parts) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for part in parts {
            let is_rtl = levels[part.start].is_rtl();
            let mut own: Vec<Run> =
                by_font(fonts, &text[part], is_bold).into_iter().map(|(face, text)| shaped(face, text, is_rtl)).collect();
            if is_rtl {
                own.reverse();
            }
            runs.append(&mut own);
        }
    }
    runs
}

pub(super) fn width(runs: &[Run]) -> f32 {
    runs.iter().map(|run| run.width).sum()
}

/// Parts of a text with the font that has their letters. Marks go with the letter before them.
fn by_font(fonts: &Fonts, text: &str, is_bold: bool) -> Vec<(Arc<Face>, String)> {
    let own = fonts.own(is_bold);
    let mut parts: Vec<(Arc<Face>, String)> = Vec::new();
    for letter in text.chars() {
        let is_kept = |face: &Face| face.has(letter) && !own.has(letter);
        let face = match parts.last() {
            Some((face, _)) if is_kept(face) || is_joiner(letter) => face.clone(),
            _ if own.has(letter) => own.clone(),
            _ => fonts.other(letter).unwrap_or_else(|| own.clone()),
        };
        match parts.last_mut() {
            Some((last, text)) if Arc::ptr_eq(last, &face) => text.push(letter),
            _ => parts.push((face, letter.into())),
        }
    }
    parts
}

/// Changes how its neighbours are drawn and is not drawn itself.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

fn shaped(face: Arc<Face>, text: String, is_rtl: bool) -> Run {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text);
    buffer.guess_segment_properties();
    buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    let output = rustybuzz::shape(&face.shaper, &[], buffer);

    let mut starts: Vec<usize> = output.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let letters = |start: usize| -> Range<usize> { start..starts.iter().copied().find(|s| *s > start).unwrap_or(text.len()) };
    let units = face.shaper.units_per_em() as f32;
    let glyphs: Vec<KrillaGlyph> = output
        .glyph_infos()
        .iter()
        .zip(output.glyph_positions())
        .map(|(info, at)| {
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                at.x_advance as f32 / units,
                at.x_offset as f32 / units,
                at.y_offset as f32 / units,
                at.y_advance as f32 / units,
                letters(info.cluster as usize),
                None,
            )
        })
        .collect();
    let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
    Run { face, text, glyphs, width }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &str, is_rtl: bool) -> Vec<String> {
        set(&Fonts::new("/nowhere"), text, false, is_rtl).into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn each_part_runs_its_own_way() {
        assert_eq!(order("Room 101", false), ["Room 101"]);
        // Drawn from the left: the Latin name stands right of the Arabic one that follows it.
        assert_eq!(order("Ada ليلى", true), [" ليلى", "Ada"]);
        assert_eq!(order("ليلى Ada", false), ["ليلى", " Ada"]);
    }

    #[test]
    fn arabic_letters_join_and_no_text_is_lost() {
        let apart: f32 = "ليلى".chars().map(|c| width(&set(&Fonts::new("/nowhere"), &c.to_string(), false, true))).sum();
        assert!(width(&set(&Fonts::new("/nowhere"), "ليلى", false, true)) < apart);
        for text in ["Ålesund", "Ада", "שלום", "ليلى", "王", "e\u{301}", "a\nb"] {
            let runs = set(&Fonts::new("/nowhere"), text, true, false);
            assert_eq!(runs.iter().map(|run| run.text.chars().count()).sum::<usize>(), text.chars().count(), "{text}");
        }
    }
}
