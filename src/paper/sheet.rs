//! Rows under each other, from the side where reading begins, and a new page when one is full.

use krilla::{
    Document,
    color::luma,
    geom::{PathBuilder, Point},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    page::PageSettings,
    paint::Stroke,
};

use super::{
    fonts::Fonts,
    text::{Run, set, width},
};

/// A4, in points.
const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 56.0;
const FOOT: f32 = 40.0;
/// From one line to the next, in sizes of the font.
const LEADING: f32 = 1.4;

/// How a row is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub size: f32,
    pub is_bold: bool,
}

impl Style {
    pub const BODY: Style = Style { size: 9.0, is_bold: false };
    pub const STRONG: Style = Style { size: 9.0, is_bold: true };
    pub const SMALL: Style = Style { size: 7.5, is_bold: false };
    pub const TITLE: Style = Style { size: 16.0, is_bold: true };
}

/// A part of a row: a text between two places, which are counted from the side where reading begins, as parts of the width.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    text: &'a str,
    from: f32,
    to: f32,
    is_at_end: bool,
    /// Numbers and dates read from left to right in every language.
    is_figure: bool,
}

impl<'a> Cell<'a> {
    pub fn new(from: f32, to: f32, text: &'a str) -> Cell<'a> {
        Cell { text, from, to, is_at_end: false, is_figure: false }
    }

    /// A number, a date or a code.
    #[must_use]
    pub fn figure(mut self) -> Cell<'a> {
        self.is_figure = true;
        self
    }

    /// It ends where the place ends.
    #[must_use]
    pub fn at_end(mut self) -> Cell<'a> {
        self.is_at_end = true;
        self
    }
}

enum Mark {
    /// Where its line stands, from the left and the top.
    Text {
        x: f32,
        y: f32,
        size: f32,
        runs: Vec<Run>,
    },
    Rule {
        y: f32,
    },
}

type Row = (Vec<(String, f32, f32, bool, bool)>, Style);

/// Pages under way.
pub struct Sheet {
    fonts: Fonts,
    is_rtl: bool,
    pages: Vec<Vec<Mark>>,
    y: f32,
    /// What stands at the top of every page of a table.
    heads: Option<Row>,
}

impl Sheet {
    pub fn new(fonts: &Fonts, is_rtl: bool) -> Sheet {
        Sheet { fonts: fonts.clone(), is_rtl, pages: vec![Vec::new()], y: MARGIN, heads: None }
    }

    /// One row; texts that are wider than their places go on below.
    pub fn row(&mut self, style: Style, cells: &[Cell<'_>]) {
        let set: Vec<(usize, Vec<Vec<Run>>)> = cells.iter().enumerate().map(|(n, cell)| (n, self.lines(style, cell))).collect();
        let deepest = set.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        self.need(deepest as f32 * style.size * LEADING);
        let top = self.y;
        for (n, lines) in set {
            for (line, runs) in lines.into_iter().enumerate() {
                let y = top + (line as f32 + 1.0) * style.size * LEADING - style.size * 0.35;
                let x = self.left_of(&cells[n], width(&runs) * style.size);
                self.page().push(Mark::Text { x, y, size: style.size, runs });
            }
        }
        self.y = top + deepest as f32 * style.size * LEADING;
    }

    /// The heads of a table: this row, here and on every page until [`Sheet::end_table`].
    pub fn table(&mut self, style: Style, cells: &[Cell<'_>]) {
        let kept = cells.iter().map(|c| (c.text.to_string(), c.from, c.to, c.is_at_end, c.is_figure)).collect();
        // Heads at the foot of a page would stand alone.
        self.need(style.size * LEADING * 4.0);
        self.row(style, cells);
        self.rule();
        self.heads = Some((kept, style));
    }

    pub fn end_table(&mut self) {
        self.heads = None;
    }

    pub fn rule(&mut self) {
        self.y += 3.0;
        let y = self.y;
        self.page().push(Mark::Rule { y });
        self.y += 3.0;
    }

    pub fn gap(&mut self, points: f32) {
        self.y += points;
    }

    /// Where the next row stands, to come back to with [`Sheet::back_to`].
    pub fn place(&self) -> f32 {
        self.y
    }

    pub fn back_to(&mut self, place: f32) {
        self.y = place;
    }

    /// Keeps the next rows together on one page.
    pub fn need(&mut self, points: f32) {
        if self.y + points <= PAGE.1 - MARGIN - FOOT || self.page().is_empty() {
            return;
        }
        self.pages.push(Vec::new());
        self.y = MARGIN;
        if let Some((kept, style)) = self.heads.take() {
            let cells: Vec<Cell<'_>> = kept
                .iter()
                .map(|(text, from, to, is_at_end, is_figure)| Cell {
                    text,
                    from: *from,
                    to: *to,
                    is_at_end: *is_at_end,
                    is_figure: *is_figure,
                })
                .collect();
            self.row(style, &cells);
            self.rule();
            self.heads = Some((kept, style));
        }
    }

    /// The PDF. `foot` is what stands at the foot of a page, by its number and how many there are.
    ///
    /// Errors: the library refuses, which is a fault of ours.
    pub fn finish(mut self, about: About<'_>, foot: impl Fn(usize, usize) -> [String; 2]) -> anyhow::Result<Vec<u8>> {
        let pages = self.pages.len();
        for n in 0..pages {
            let [start, end] = foot(n + 1, pages);
            let style = Style::SMALL;
            for cell in [Cell::new(0.0, 0.7, &start), Cell::new(0.7, 1.0, &end).at_end()] {
                let runs = set(&self.fonts, cell.text, style.is_bold, self.is_rtl);
                let x = self.left_of(&cell, width(&runs) * style.size);
                self.pages[n].push(Mark::Text { x, y: PAGE.1 - MARGIN, size: style.size, runs });
            }
        }
        let mut document = Document::new();
        document.set_metadata(about.metadata());
        for marks in &self.pages {
            let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| anyhow::anyhow!("the page has no size"))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for mark in marks {
                draw(&mut surface, mark);
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|e| anyhow::anyhow!("a PDF could not be written: {e:?}"))
    }

    fn page(&mut self) -> &mut Vec<Mark> {
        self.pages.last_mut().expect("a sheet has a page")
    }

    fn left_of(&self, cell: &Cell<'_>, width: f32) -> f32 {
        let across = PAGE.0 - 2.0 * MARGIN;
        let (from, to) = if self.is_rtl { (1.0 - cell.to, 1.0 - cell.from) } else { (cell.from, cell.to) };
        if cell.is_at_end == self.is_rtl { MARGIN + from * across } else { MARGIN + to * across - width }
    }

    /// The text of a cell in lines that fit, broken between words, or within one that is too long.
    fn lines(&self, style: Style, cell: &Cell<'_>) -> Vec<Vec<Run>> {
        let most = (cell.to - cell.from) * (PAGE.0 - 2.0 * MARGIN) / style.size;
        let is_rtl = self.is_rtl && !cell.is_figure;
        let set = |text: &str| set(&self.fonts, text, style.is_bold, is_rtl);
        let fits = |text: &str| width(&set(text)) <= most;
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in cell.text.split_whitespace() {
            let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                if !line.is_empty() && !fits(&format!("{line}{letter}")) {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines.iter().map(|line| set(line)).collect()
    }
}

/// What the file says of itself.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub title: &'a str,
    pub author: &'a str,
    pub language: &'a str,
    /// Of the content, not of the printing: the same content has the same bytes.
    pub as_of: jiff::Timestamp,
}

impl About<'_> {
    fn metadata(self) -> Metadata {
        let at = self.as_of.to_zoned(jiff::tz::TimeZone::UTC);
        let part = |n: i8| u8::try_from(n).unwrap_or_default();
        let date = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
            .month(part(at.month()))
            .day(part(at.day()))
            .hour(part(at.hour()))
            .minute(part(at.minute()))
            .second(part(at.second()))
            .utc_offset_hour(0)
            .utc_offset_minute(0);
        Metadata::new()
            .title(self.title.to_string())
            .authors(vec![self.author.to_string()])
            .language(self.language.to_string())
            .creator("OppsEra PMS".to_string())
            .creation_date(date)
    }
}

fn draw(surface: &mut krilla::surface::Surface<'_>, mark: &Mark) {
    match mark {
        Mark::Text { x, y, size, runs } => {
            let mut x = *x;
            for run in runs {
                surface.draw_glyphs(Point::from_xy(x, *y), &run.glyphs, run.face.font.clone(), &run.text, *size, false);
                x += run.width * size;
            }
        }
        Mark::Rule { y } => {
            let mut line = PathBuilder::new();
            line.move_to(MARGIN, *y);
            line.line_to(PAGE.0 - MARGIN, *y);
            let Some(line) = line.finish() else { return };
            surface.set_stroke(Some(Stroke {
                paint: luma::Color::new(150).into(),
                width: 0.5,
                opacity: NormalizedF32::ONE,
                ..Stroke::default()
            }));
            surface.draw_path(&line);
            surface.set_stroke(None);
        }
    }
}
