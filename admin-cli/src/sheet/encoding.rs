//! The bytes of a table as text. Excel writes three encodings without saying which: UTF-8 with a mark, UTF-16 with a mark, Windows-1252 without.

use clap::ValueEnum;

use crate::code::Code;
use crate::fault::{Fault, Result};

/// How the text of a file is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8
    Utf8,
    /// UTF-16, of either order
    Utf16,
    /// Windows-1252, as western Excel saves it
    Windows1252,
}

/// A text, and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Encoding,
    /// Whether a byte-order mark stood before it.
    pub(super) mark: bool,
}

impl Decoded {
    pub(super) fn words(&self) -> String {
        let name = match self.encoding {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
        };
        if self.mark { format!("{name} with byte-order mark") } else { name.to_owned() }
    }
}

/// Reads the bytes: as said, or as they look.
pub(super) fn decode(bytes: &[u8], said: Option<Encoding>) -> Result<Decoded> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let fault = Fault::new(Code::CsvUnreadable, "this is a workbook, not a table of text");
        return Err(fault.next("save it as CSV (UTF-8) in the spreadsheet, and import that"));
    }
    let wide = |bytes: &[u8], big| utf16(bytes, big).map(|text| Decoded { text, encoding: Encoding::Utf16, mark: true });
    match (bytes, said) {
        ([0xEF, 0xBB, 0xBF, rest @ ..], None | Some(Encoding::Utf8)) => {
            utf8(rest).map(|text| Decoded { text, encoding: Encoding::Utf8, mark: true })
        }
        ([0xFF, 0xFE, rest @ ..], None | Some(Encoding::Utf16)) => wide(rest, false),
        ([0xFE, 0xFF, rest @ ..], None | Some(Encoding::Utf16)) => wide(rest, true),
        (bytes, Some(Encoding::Utf16)) => utf16(bytes, false).map(|text| Decoded { text, encoding: Encoding::Utf16, mark: false }),
        (bytes, Some(Encoding::Utf8)) => utf8(bytes).map(|text| Decoded { text, encoding: Encoding::Utf8, mark: false }),
        (bytes, Some(Encoding::Windows1252)) => Ok(windows(bytes)),
        (bytes, None) if bytes.contains(&0) => {
            let fault = Fault::new(Code::CsvUnreadable, "this is no text: it has bytes of 0");
            Err(fault.next("the same command with --encoding utf16, if it is UTF-16 without a mark"))
        }
        (bytes, None) => Ok(match utf8(bytes) {
            Ok(text) => Decoded { text, encoding: Encoding::Utf8, mark: false },
            Err(_) => windows(bytes),
        }),
    }
}

fn utf8(bytes: &[u8]) -> Result<String> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let line = bytes.get(..error.valid_up_to()).unwrap_or_default().split(|byte| *byte == b'\n').count();
        Fault::new(Code::CsvUnreadable, format!("line {line} is not UTF-8")).next("the same command with --encoding windows1252")
    })
}

fn utf16(bytes: &[u8], big: bool) -> Result<String> {
    let pairs = bytes.chunks_exact(2).map(|pair| match pair {
        [one, other] if big => u16::from_be_bytes([*one, *other]),
        [one, other] => u16::from_le_bytes([*one, *other]),
        _ => 0,
    });
    let text: std::result::Result<String, _> = char::decode_utf16(pairs).collect();
    text.map_err(|_| Fault::new(Code::CsvUnreadable, "this is not UTF-16"))
}

/// What 0x80 to 0x9F are in Windows-1252; everything else is as in Latin-1. The five that mean nothing stay controls, as browsers read them
/// (WHATWG Encoding, index windows-1252).
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows(bytes: &[u8]) -> Decoded {
    let sign = |byte: &u8| match byte {
        0x80..=0x9F => UPPER.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        other => char::from(*other),
    };
    Decoded { text: bytes.iter().map(sign).collect(), encoding: Encoding::Windows1252, mark: false }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode};

    #[test]
    fn what_excel_writes_is_read() {
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain("für €".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for (bytes, encoding, mark) in [
            (&b"\xEF\xBB\xBFf\xC3\xBCr \xE2\x82\xAC"[..], Encoding::Utf8, true),
            (&b"f\xC3\xBCr \xE2\x82\xAC"[..], Encoding::Utf8, false),
            (&b"f\xFCr \x80"[..], Encoding::Windows1252, false),
            (&wide[..], Encoding::Utf16, true),
        ] {
            let decoded = decode(bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.mark), ("für €", encoding, mark));
        }
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert!(decode(b"PK\x03\x04workbook", None).unwrap_err().message.contains("workbook"));
        assert!(decode(b"a\0b\0", None).unwrap_err().message.contains("no text"));
        assert!(decode(b"a\nb\xFC", Some(Encoding::Utf8)).unwrap_err().message.contains("line 2"));
    }
}
