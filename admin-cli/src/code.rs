//! What can go wrong on this side of the wire: one table of codes, each with its exit code and its meaning. The other side's are `content::code`.

use content::code::{Code as Told, Fault as Kind};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $exit:literal;)*) => {
        /// A kind of failure that the command line finds itself. A code is never used for anything else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Code {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as people read it.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// With what the program ends.
            #[must_use]
            pub const fn exit(self) -> u8 {
                match self {
                    $(Self::$name => $exit,)*
                }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),+).trim_ascii(),)*
                }
            }
        }
    };
}

codes! {
    /// The command line is not understood.
    Usage = "USE-001", 2;
    /// The settings of this computer cannot be used.
    Settings = "USE-002", 2;
    /// No profile has this name.
    ProfileUnknown = "USE-003", 2;
    /// The command prints no such field.
    FieldUnknown = "USE-004", 2;
    /// The place or the value is not one that a guide has.
    PlaceUnknown = "USE-005", 2;
    /// The command works on a database itself, not through a server.
    DatabaseOnly = "USE-006", 2;
    /// Something of this name is there already.
    NameTaken = "USE-007", 2;
    /// There is no help under this word.
    HelpUnknown = "USE-008", 2;
    /// A question needs an answer, and nobody can be asked.
    Unasked = "ASK-001", 11;
    /// The question was answered with no; nothing was done.
    Declined = "ASK-002", 11;
    /// The secret would be written where others may read it.
    SecretShown = "KEY-003", 11;
    /// Nobody is signed in at this server.
    SignedOut = "AUT-010", 4;
    /// The two passwords are not the same.
    PasswordTwice = "AUT-011", 2;
    /// A database needs no login, and knows no sessions.
    LoginNeedless = "AUT-012", 2;
    /// The server cannot be reached.
    Unreachable = "NET-001", 9;
    /// The server did not answer in time.
    Silent = "NET-002", 9;
    /// What answers there is not Greenroom, or of another version.
    Foreign = "NET-003", 13;
    /// The file cannot be read.
    Unreadable = "IO-001", 1;
    /// The file cannot be written.
    Unwritable = "IO-002", 1;
    /// The editor cannot be started, or ended with an error.
    Editor = "IO-003", 1;
    /// The text was not saved; it is kept.
    Kept = "IO-004", 3;
    /// The table cannot be read.
    CsvUnreadable = "CSV-001", 3;
    /// The table has a column that is not known, or lacks one.
    CsvColumns = "CSV-002", 3;
    /// The table has no rows.
    CsvEmpty = "CSV-003", 3;
    /// Rows cannot be used.
    CsvRows = "CSV-004", 3;
    /// Something on the page is unsure.
    ImportUnsure = "IMP-001", 3;
    /// The plan counted on guides that were changed since.
    PlanOutdated = "PLAN-001", 6;
    /// The plan was used already.
    PlanUsed = "PLAN-002", 6;
    /// The plan is not one that can be used here.
    PlanUnreadable = "PLAN-003", 3;
    /// More guides would be put away than is allowed without being named.
    PruneMany = "PLAN-004", 11;
    /// The run was stopped; what is done stays.
    Stopped = "JOB-001", 130;
    /// No run that can go on has this name.
    JobUnknown = "JOB-002", 7;
    /// A part of it was done, and the rest was not.
    Partly = "JOB-003", 8;
    /// There is no database yet.
    DatabaseMissing = "DB-010", 7;
    /// The database was made for another version of this program.
    DatabaseVersion = "DB-011", 13;
    /// The database cannot be used.
    DatabaseUnusable = "DB-012", 9;
    /// Others use the database, so it cannot be replaced.
    DatabaseInUse = "DB-014", 6;
    /// The backup is not one that can be used.
    BackupUnusable = "DB-015", 3;
    /// Something about the database did not work.
    DatabaseFailed = "DB-016", 1;
    /// The database holds something that it should not.
    DatabaseDamaged = "DB-013", 3;
    /// Two files are about the same guide.
    FileTwice = "IO-010", 3;
    /// There are no guide files where some should be.
    FilesMissing = "IO-011", 7;
    /// The record of what files were exported from cannot be used.
    LockUnreadable = "IO-012", 3;
}

/// With what the program ends for a code of the other side.
#[must_use]
pub(crate) fn exit_of(text: &str) -> u8 {
    let kind = Told::ALL.iter().find(|code| code.text() == text).map(|code| code.kind());
    match kind {
        Some(Kind::Request) => 3,
        Some(Kind::Access) => 4,
        Some(Kind::Permission) => 5,
        Some(Kind::Conflict) => 6,
        Some(Kind::Missing) => 7,
        Some(Kind::Unwell) => 9,
        Some(Kind::Limit) => 12,
        Some(Kind::Ours) | None => 1,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use content::code::Code as Told;

    use super::Code;

    #[test]
    fn no_code_stands_for_two_things() {
        let ours = Code::ALL.iter().map(|code| code.text());
        let all: Vec<&str> = ours.chain(Told::ALL.iter().map(|code| code.text())).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }
}
