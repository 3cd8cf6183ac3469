//! What became of each line of a page. Every line has exactly one fate, so the counts always add up.

use std::fmt;

use super::page::Field;
use crate::finding::Path;

/// A line of the page as the editor sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// What it says, in single blanks and without signs that cannot be seen.
    pub text: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It belongs to this place of the guide.
    Field(Path),
    /// It is understood, and guides have no place for it.
    SetAside(Aside),
    /// Nobody knows where it belongs, or it cannot be saved where it belongs.
    NotPlaced,
}

/// Why a line is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aside {
    /// Nothing that can be seen.
    Blank,
    /// A way through the website.
    Menu,
    /// The notice about cookies, and its buttons.
    Cookies,
    /// The name of a part.
    Heading,
    /// The number of a round or a week on a line of its own.
    Number,
    /// A button, such as the "x" that closes a part.
    Button,
    /// A bullet or a rule without a text.
    Decoration,
    /// What another line said already.
    Repeated,
    /// What stands below every page of a website.
    Footer,
}

impl Aside {
    /// The reason in words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Menu => "menu",
            Self::Cookies => "cookie notice",
            Self::Heading => "heading",
            Self::Number => "number",
            Self::Button => "button",
            Self::Decoration => "decoration",
            Self::Repeated => "repeated",
            Self::Footer => "footer",
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(path) => path.fmt(f),
            Self::SetAside(aside) => write!(f, "({})", aside.word()),
            Self::NotPlaced => f.write_str("NOT PLACED"),
        }
    }
}

/// How many lines have which fate. The three add up to the lines of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All lines.
    pub lines: usize,
    /// Those that belong to a place of the guide.
    pub placed: usize,
    /// Those that are understood and not needed.
    pub set_aside: usize,
    /// The others.
    pub not_placed: usize,
}

impl Counts {
    /// Counts the fates of these lines.
    #[must_use]
    pub fn of(lines: &[Line]) -> Self {
        let mut counts = Self { lines: lines.len(), ..Self::default() };
        for line in lines {
            match line.fate {
                Fate::Field(_) => counts.placed += 1,
                Fate::SetAside(_) => counts.set_aside += 1,
                Fate::NotPlaced => counts.not_placed += 1,
            }
        }
        counts
    }
}

/// Something that was found in its place and is left out of the guide all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) field: Field,
    pub(super) at: usize,
    pub(super) why: String,
}

/// The fates while the page is read: nobody knows a line until somebody says otherwise.
pub(super) struct Sheet {
    fates: Vec<Fate>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Sheet {
    pub(super) fn new(texts: &[String]) -> Self {
        let fate = |text: &String| if text.is_empty() { Fate::SetAside(Aside::Blank) } else { Fate::NotPlaced };
        Self { fates: texts.iter().map(fate).collect(), left_out: Vec::new() }
    }

    pub(super) fn place(&mut self, at: usize, field: Field) {
        self.set(at, Fate::Field(field.path()));
    }

    pub(super) fn aside(&mut self, at: usize, aside: Aside) {
        self.set(at, Fate::SetAside(aside));
    }

    /// Whether nobody has said anything about the line yet.
    pub(super) fn open(&self, at: usize) -> bool {
        self.fates.get(at) == Some(&Fate::NotPlaced)
    }

    /// Takes lines back out of a field and says why.
    pub(super) fn leave_out(&mut self, field: Field, at: &[usize], why: impl Into<String>) {
        for at in at {
            self.set(*at, Fate::NotPlaced);
        }
        if let Some(first) = at.first() {
            self.left_out.push(LeftOut { field, at: *first, why: why.into() });
        }
    }

    /// Whether a text is short enough to be saved. If not, its lines are left out, and that is said.
    pub(super) fn fits(&mut self, field: Field, at: &[usize], (text, most): (&str, usize)) -> bool {
        let length = text.chars().count();
        if length > most {
            self.leave_out(field, at, format!("{length} characters, at most {most} can be saved"));
        }
        length <= most
    }

    pub(super) fn into_lines(self, texts: Vec<String>) -> Vec<Line> {
        let lines = texts.into_iter().zip(self.fates).zip(1..);
        lines.map(|((text, fate), number)| Line { number, text, fate }).collect()
    }

    fn set(&mut self, at: usize, fate: Fate) {
        if let Some(place) = self.fates.get_mut(at) {
            *place = fate;
        }
    }
}
