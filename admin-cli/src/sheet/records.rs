//! A text as rows of cells (RFC 4180), with the number that each row has in a spreadsheet: blank rows and line breaks in cells are counted as
//! one sees them there, and a quotation mark that is never closed is told where it opens. The library for CSV does neither, so it only writes.

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// Its number in a spreadsheet; the first row is 1.
    pub(crate) row: usize,
    pub(crate) cells: Vec<String>,
}

/// A quotation mark in this row is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    pub(super) row: usize,
}

/// The rows of a text that have something in them.
pub(super) fn records(text: &str, delimiter: char) -> Result<Vec<Record>, Unclosed> {
    let mut reading = Reading { records: Vec::new(), row: 1, cells: Vec::new(), cell: String::new() };
    let (mut quoted, mut begins) = (false, true);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.next_if_eq(&'"').is_some() => reading.cell.push('"'),
            '"' if quoted => quoted = false,
            _ if quoted => reading.cell.push(sign),
            '"' if begins => (quoted, begins) = (true, false),
            '\r' | '\n' => {
                if sign == '\r' {
                    signs.next_if_eq(&'\n');
                }
                reading.end();
                begins = true;
            }
            _ if sign == delimiter => {
                reading.next();
                begins = true;
            }
            _ => {
                // A blank before a quotation mark does not make it a sign of the text.
                begins = begins && sign == ' ';
                reading.cell.push(sign);
            }
        }
    }
    if quoted {
        return Err(Unclosed { row: reading.row });
    }
    reading.end();
    Ok(reading.records)
}

struct Reading {
    records: Vec<Record>,
    row: usize,
    cells: Vec<String>,
    cell: String,
}

impl Reading {
    fn next(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell).trim().to_owned());
    }

    fn end(&mut self) {
        self.next();
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.records.push(Record { row: self.row, cells });
        }
        self.row += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Unclosed, records};

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        records(text, ',').unwrap().into_iter().map(|record| (record.row, record.cells)).collect()
    }

    #[test]
    fn rows_have_the_numbers_of_the_spreadsheet() {
        let rows = read("company,note\r\n\r\nacorn,\"two\nlines\"\r\n,\nbirch,x");
        let numbers: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
        assert_eq!(numbers, [1, 3, 5]);
        assert_eq!(rows[1].1, ["acorn", "two\nlines"]);
    }

    #[test]
    fn quotation_marks_are_read_as_spreadsheets_write_them() {
        assert_eq!(read("a,\"say \"\"hi\"\", twice\", \"b\",5\" disk")[0].1, ["a", "say \"hi\", twice", "b", "5\" disk"]);
        assert_eq!(records("a\nb,\"open\n\nmore", ','), Err(Unclosed { row: 2 }));
    }

    #[test]
    fn an_empty_text_has_no_rows() {
        assert!(read("").is_empty() && read("\n\n").is_empty());
    }
}
