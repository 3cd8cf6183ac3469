//! What a request may ask for, at most. All of it can be configured, and all of it is told in `service.limits`.

/// The limits of one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Bytes of a request's body at the admin API, where whole guides and pages are sent.
    pub admin_body_bytes: usize,
    /// Tokens of a document.
    pub tokens: usize,
    /// Selection sets inside of each other.
    pub depth: usize,
    /// Fields at the root of an operation.
    pub root_fields: usize,
    /// Times that one selection set may ask for the same field under different names.
    pub aliases: usize,
    /// Directives in one place.
    pub directives: usize,
    /// Fields of a document, with each fragment counted wherever it is used.
    pub fields: usize,
    /// Entries of all lists of an answer together.
    pub entries: usize,
    /// Entries of a page.
    pub page: u32,
    /// Milliseconds that a request may take.
    pub time_ms: u64,
    /// Points that a request may cost.
    pub cost: u32,
    /// Points a minute for those who prove nothing, by their address.
    pub anonymous_points_per_minute: u32,
    /// Points above which an operation runs beside the others.
    pub heavy_cost: u32,
    /// Such operations that may wait for one account.
    pub heavy_waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1_024,
            admin_body_bytes: 2 * 1_024 * 1_024,
            tokens: 10_000,
            depth: 12,
            root_fields: 20,
            aliases: 15,
            directives: 10,
            fields: 2_000,
            entries: 20_000,
            page: 100,
            time_ms: 10_000,
            cost: 2_000,
            anonymous_points_per_minute: 1_000,
            heavy_cost: 100,
            heavy_waiting: 8,
        }
    }
}
