//! What stands between the cells of a row.

use clap::ValueEnum;

/// The sign.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delimiter {
    /// ,
    #[value(alias = ",")]
    Comma,
    /// ;
    #[value(alias = ";")]
    Semicolon,
    /// A tabulator
    #[value(alias = "\t")]
    Tab,
    /// |
    #[value(alias = "|")]
    Bar,
}

impl Delimiter {
    pub(crate) const fn sign(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
            Self::Bar => '|',
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Comma => "commas",
            Self::Semicolon => "semicolons",
            Self::Tab => "tabs",
            Self::Bar => "bars",
        }
    }

    /// The one that parts the header into the most cells; outside of quotation marks, where a sign is a sign of the text.
    pub(super) fn of(header: &str) -> Self {
        let counted = |delimiter: &Self| {
            let mut quoted = false;
            let outside = header.chars().filter(|sign| {
                quoted ^= *sign == '"';
                !quoted && *sign == delimiter.sign()
            });
            outside.count()
        };
        // The first of equals: a comma is what is meant where nothing shows it.
        [Self::Bar, Self::Tab, Self::Semicolon, Self::Comma].into_iter().max_by_key(counted).unwrap_or(Self::Comma)
    }
}

#[cfg(test)]
mod tests {
    use super::Delimiter;

    #[test]
    fn the_header_shows_what_parts_it() {
        assert_eq!(Delimiter::of("company;level;min, or more"), Delimiter::Semicolon);
        assert_eq!(Delimiter::of("company,level"), Delimiter::Comma);
        assert_eq!(Delimiter::of("\"a;b;c;d\",e"), Delimiter::Comma);
        assert_eq!(Delimiter::of("a\tb|c\td"), Delimiter::Tab);
        assert_eq!(Delimiter::of("company"), Delimiter::Comma);
    }
}
