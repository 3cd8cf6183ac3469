//! The one table of codes: what can be wrong, for every door. A code is never reused and never changes its meaning.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $kind:ident;)*) => {
        /// What is wrong, as a word that programs can rely on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as it is written: an area and a number.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The area of the code: what stands in front of its number.
            #[must_use]
            pub fn area(self) -> &'static str {
                self.text().split('-').next().unwrap_or_default()
            }

            /// Whose move it is.
            #[must_use]
            pub const fn kind(self) -> Fault {
                match self { $(Self::$name => Fault::$kind),* }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii(),)* }
            }
        }
    };
}

/// Whose move it is when a code is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The caller's: what was sent cannot be used as it is.
    Request,
    /// The caller's: nothing is there under this name.
    Missing,
    /// The caller's: somebody else was faster.
    Conflict,
    /// The caller's: more was asked for than is allowed.
    Limit,
    /// The caller's: who asks did not prove that they may.
    Access,
    /// Nobody's: the service is unwell; later it may work.
    Unwell,
    /// The caller's: who asks may not do this.
    Permission,
    /// Ours.
    Ours,
}

codes! {
    /// The text is empty.
    TextEmpty = "VAL-001", Request;
    /// The text is longer than its limit.
    TextLong = "VAL-002", Request;
    /// The text has characters that cannot be seen, or a line break.
    TextControl = "VAL-003", Request;
    /// Two items of one guide have the same key.
    KeyDouble = "VAL-004", Request;
    /// The slug or key is malformed.
    NameMalformed = "VAL-005", Request;
    /// The list has more entries than its limit.
    ListLong = "VAL-006", Request;
    /// The guide is larger than its limit.
    GuideLarge = "VAL-007", Request;
    /// The key belonged to an item that was removed; keys are not used twice.
    KeyRetired = "VAL-008", Request;
    /// The file is not a guide file that is understood.
    FileUnreadable = "VAL-010", Request;
    /// The file has a field that guides do not have.
    FieldUnknown = "VAL-011", Request;
    /// The duration is not understood or not possible.
    Duration = "VAL-012", Request;
    /// The salary figures are not understood or not possible.
    Figures = "VAL-013", Request;
    /// The currency is none of ISO 4217.
    Currency = "VAL-014", Request;
    /// The day or month is not understood.
    Calendar = "VAL-015", Request;
    /// The word is none of the list for this field.
    Term = "VAL-016", Request;
    /// The id is not one of ours.
    Id = "VAL-017", Request;
    /// The weight is not a percent.
    Weight = "VAL-018", Request;
    /// The tier is none of the list of tiers.
    TierUnknown = "VAL-019", Request;
    /// Two weeks of the plan have the same number.
    WeekDouble = "VAL-020", Request;
    /// What must be there for publishing is missing.
    Missing = "VAL-030", Request;
    /// The weights of the question categories do not add up to 100 percent.
    WeightsSum = "VAL-031", Request;
    /// A category has no question.
    CategoryEmpty = "VAL-032", Request;
    /// The weeks of the plan do not run from 1 without a gap.
    WeekGap = "VAL-033", Request;
    /// The salary figures do not say where they come from, or of when they are.
    SalaryUnsourced = "VAL-040", Request;

    /// The password is too short, too long or too easy to guess.
    PasswordWeak = "VAL-050", Request;
    /// The e-mail address is malformed.
    Email = "VAL-051", Request;
    /// The key would open nothing.
    KeyScopes = "VAL-060", Request;
    /// The quota is none that a key can have.
    Quota = "VAL-061", Request;
    /// The text is no origin.
    Origin = "VAL-062", Request;
    /// The text is no network.
    Network = "VAL-063", Request;
    /// The key would have expired already.
    Expiry = "VAL-064", Request;
    /// The overlap of two secrets is too short or too long.
    Overlap = "VAL-065", Request;
    /// The document cannot be registered: the API would not answer it.
    DocumentWrong = "VAL-066", Request;
    /// The text is no SHA-256.
    DocumentHash = "VAL-067", Request;

    /// There is no such thing, or not for this reader.
    NotFound = "NOT-001", Missing;

    /// Another write came between: the guide is no longer as the writer saw it.
    Moved = "CON-001", Conflict;
    /// The slug belongs to another company.
    SlugTaken = "CON-002", Conflict;
    /// The company is not in a state in which this can be done.
    WrongState = "CON-003", Conflict;
    /// What the operation changed was changed again since.
    ChangedSince = "CON-004", Conflict;

    /// The id of the operation stands for another request already.
    OperationOther = "CON-005", Conflict;
    /// Without it nobody could administer any more.
    LastAdmin = "CON-006", Conflict;
    /// The e-mail address belongs to another user.
    EmailTaken = "CON-007", Conflict;
    /// Others hold on to it, so it cannot go.
    InUse = "CON-008", Conflict;
    /// There is a partner or a key of this name already.
    NameTaken = "CON-009", Conflict;
    /// The key has two live secrets already.
    RotationOpen = "CON-010", Conflict;

    /// The body of the request is not JSON of the form that GraphQL over HTTP asks for.
    Body = "REQ-001", Request;
    /// The content type is not one that is executed.
    ContentType = "REQ-002", Request;
    /// None of the media types that the caller accepts can be given.
    Accept = "REQ-003", Request;
    /// The method is not allowed here.
    Method = "REQ-004", Request;
    /// The document is not GraphQL.
    Syntax = "REQ-005", Request;
    /// The document does not fit the schema, or the variables do not fit the document.
    Validation = "REQ-006", Request;
    /// The cursor was not given by this list in this order.
    Cursor = "REQ-007", Request;
    /// The arguments of a page do not go together.
    Page = "REQ-008", Request;
    /// The filter cannot be applied.
    Filter = "REQ-009", Request;
    /// Nothing is at this address.
    Address = "REQ-010", Missing;
    /// No document of this hash is known here; right would be its text beside the hash, once.
    DocumentUnknown = "REQ-011", Missing;
    /// The hash is not that of the document beside it.
    DocumentOther = "REQ-012", Request;
    /// The key is for documents that are registered for its partner, and this one is not.
    DocumentUntrusted = "REQ-013", Permission;

    /// The server answers only to those who prove who they are.
    AnonymousRefused = "AUT-001", Access;
    /// The key or token is not known here.
    CredentialUnknown = "AUT-002", Access;
    /// The e-mail address or the password is wrong.
    LoginWrong = "AUT-003", Access;
    /// The token or session was not renewed in time.
    TokenExpired = "AUT-004", Access;
    /// The session has ended.
    SessionEnded = "AUT-005", Access;
    /// A refresh token was used twice; its session has ended.
    TokenReused = "AUT-006", Access;
    /// The user is shut out.
    UserDisabled = "AUT-007", Access;

    /// The key, or this secret of it, was stopped for good.
    KeyRevoked = "KEY-001", Access;
    /// The key has expired.
    KeyExpired = "KEY-002", Access;
    /// None of the partner's keys works just now.
    PartnerDisabled = "KEY-004", Access;
    /// The key does not work from this web origin.
    KeyOrigin = "KEY-005", Permission;
    /// The key does not work from this network.
    KeyNetwork = "KEY-006", Permission;
    /// What was sent has not the form of a key.
    KeyMalformed = "KEY-007", Access;

    /// The role of the user does not allow this.
    RoleMissing = "PER-001", Permission;
    /// The key has not the scope for this.
    ScopeMissing = "PER-002", Permission;

    /// The body of the request is larger than its limit.
    BodyLarge = "LIM-001", Limit;
    /// The document has more tokens than its limit.
    Tokens = "LIM-002", Limit;
    /// The document is nested deeper than its limit.
    Depth = "LIM-003", Limit;
    /// The document has more root fields than its limit.
    RootFields = "LIM-004", Limit;
    /// The document asks for one field under more aliases than its limit.
    Aliases = "LIM-005", Limit;
    /// A field has more directives than its limit.
    Directives = "LIM-006", Limit;
    /// The page is larger than its limit.
    PageLarge = "LIM-007", Limit;
    /// The request took longer than its limit.
    Time = "LIM-008", Limit;
    /// The answer has more entries than its limit, lists inside of lists counted.
    Entries = "LIM-010", Limit;
    /// The document selects more fields than its limit, fragments counted where they are used.
    Fields = "LIM-009", Limit;
    /// Too many logins failed; the next one may be tried in a while.
    LoginSlow = "LIM-011", Limit;

    /// The operation costs more points than its limit.
    Cost = "LIM-012", Limit;
    /// The points of this minute are used up.
    QuotaMinute = "LIM-013", Limit;
    /// The requests of this day are used up.
    QuotaDay = "LIM-014", Limit;
    /// Too many expensive requests at the same time.
    Crowded = "LIM-015", Limit;

    /// The database does not answer.
    DatabaseAway = "DB-001", Unwell;
    /// Another writer was in the way; nothing was written, and the same may work in a moment.
    DatabaseBusy = "DB-002", Unwell;

    /// Greenroom made a mistake; the request id finds it in the log.
    Bug = "BUG-001", Ours;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn no_code_stands_for_two_things() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|code| code.text()).collect();
        texts.sort_unstable();
        let all = texts.len();
        texts.dedup();
        assert_eq!(texts.len(), all);
    }

    #[test]
    fn a_meaning_is_one_sentence() {
        for code in Code::ALL {
            assert!(code.meaning().ends_with('.') && !code.meaning().starts_with(' '), "{code}");
        }
    }
}
