//! The rows of a table, each with what it says and what is wrong with it. No guide is known here: what can be said without one is said.

use std::collections::BTreeMap;

use content::changes::Change;
use content::guide::Guide;
use serde::{Deserialize, Serialize};

use super::given::Cells;
use super::pay::PayRow;
use super::question::QuestionRow;
use super::{Kind, pay, question};
use crate::sheet::{Field, Record, Sheet};

/// What a row gives to a guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Item {
    /// Pay of a level.
    Pay(PayRow),
    /// A question.
    Question(QuestionRow),
}

impl Item {
    /// What it means for a guide, or what is in the way.
    pub(super) fn change(&self, guide: &Guide) -> Result<Change, String> {
        match self {
            Self::Pay(row) => row.change(guide),
            Self::Question(row) => row.change(guide),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Pay(row) => row.name(),
            Self::Question(row) => row.name(),
        }
    }

    fn identity(&self) -> String {
        match self {
            Self::Pay(row) => format!("the level {:?}", row.name().to_lowercase()),
            Self::Question(row) => row.identity(),
        }
    }
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) record: &'a Record,
    pub(crate) company: String,
    pub(crate) item: Item,
    pub(crate) problems: Vec<String>,
}

impl Row<'_> {
    /// The level or the category that it names.
    pub(crate) fn name(&self) -> &str {
        self.item.name()
    }
}

impl Kind {
    pub(crate) const fn fields(self) -> &'static [Field] {
        match self {
            Self::Salaries => pay::FIELDS,
            Self::Questions => question::FIELDS,
        }
    }

    fn item(self, cells: &mut Cells<'_>, adds: bool) -> Item {
        match self {
            Self::Salaries => Item::Pay(PayRow::read(cells, adds)),
            Self::Questions => Item::Question(QuestionRow::read(cells)),
        }
    }
}

/// Reads the rows. Two that say something of the same item of a guide are both told: which one is meant, nobody knows.
pub(super) fn rows(kind: Kind, sheet: &Sheet, adds: bool) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::with_capacity(sheet.rows.len());
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for record in &sheet.rows {
        let mut cells = Cells::of(sheet, record);
        let company = cells.needed("company").to_lowercase();
        let item = kind.item(&mut cells, adds);
        let mut problems = cells.problems;
        let earlier = *seen.entry((company.clone(), item.identity())).or_insert(rows.len());
        if let Some(first) = rows.get_mut(earlier).filter(|first| !first.company.is_empty() && !first.item.name().is_empty()) {
            problems.push(format!("{} stands in row {} already", item.identity(), first.record.row));
            if first.problems.is_empty() {
                first.problems.push(format!("{} stands in row {} again", item.identity(), record.row));
            }
        }
        rows.push(Row { record, company, item, problems });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{Row, rows};
    use crate::job::Kind;
    use crate::sheet::{Sheet, Written};

    fn problems(kind: Kind, text: &str) -> Vec<(usize, String)> {
        let sheet = Sheet::read("q4.csv", text.as_bytes(), kind.fields(), &Written::default()).unwrap();
        let told = |row: &Row<'_>| (row.record.row, row.problems.join("; "));
        rows(kind, &sheet, false).iter().map(told).filter(|(_, problems)| !problems.is_empty()).collect()
    }

    #[test]
    fn everything_that_is_wrong_with_a_row_is_told() {
        let text = "company;level;min;max;currency;as_of\n\
            acorn;H3;210.000;185.000;USD;\n\
            acorn;H4;2.50;2;US$;October\n\
            acorn;H5;1.150.000;;EUR;2026-10\n\
            ;H6;1k;2k;USD;\n\
            acorn;H7;480k+;;usd;\n\
            acorn;H8;-;;;-\n";
        let problems = problems(Kind::Salaries, text);
        assert_eq!(problems[0], (2, "minimum 210,000 is above maximum 185,000".to_owned()));
        assert!(
            problems[1].1.contains("--decimal") && problems[1].1.contains("write USD") && problems[1].1.contains("2026-10"),
            "{problems:?}"
        );
        assert_eq!(problems[2], (4, "max is empty; write it, or yes in open_ended".to_owned()));
        assert_eq!(problems[3], (5, "company is empty".to_owned()));
        assert_eq!(problems.len(), 4);
    }

    #[test]
    fn two_rows_for_one_item_are_both_told() {
        let problems = problems(Kind::Salaries, "company,level,range\nacorn,H3,1k-2k\nbirch,H3,1k-2k\nacorn,h3,1k-3k\n");
        assert_eq!(problems.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 4]);
        assert!(problems[1].1.contains("row 2"));
    }

    #[test]
    fn a_row_with_too_many_cells_is_not_read_askew() {
        let problems = problems(Kind::Questions, "company,category,text\nacorn,coding,Merge k logs, sorted\n");
        assert!(problems[0].1.contains("4 cells"));
    }
}
