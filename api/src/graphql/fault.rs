//! How an error of `content` looks on the wire: the caller's fault in full, ours as a request id.

use async_graphql::{Context, Error, ErrorExtensions};
use content::code::{Code, Fault};

/// The id of the request that is being answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

/// The message for what is not the caller's business.
pub const MISTAKE: &str = "Greenroom made a mistake. Please report it with this request id.";

/// An error with its code.
pub fn refused(code: Code, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.text()))
}

/// Turns an error of `content` into one of the wire. Faults of ours are logged here, once, with their chain.
#[must_use]
pub fn fault(context: &Context<'_>, error: &content::Error) -> Error {
    let code = error.code();
    match code.kind() {
        _ if let content::Error::Wait { seconds, .. } = error => {
            refused(code, error.to_string()).extend_with(|_, extensions| extensions.set("retryAfterSeconds", *seconds))
        }
        // The words of the database about a statement that it ended are for the log.
        Fault::Limit if matches!(error, content::Error::Database { .. }) => {
            log(context, error);
            refused(code, code.meaning())
        }
        Fault::Request | Fault::Missing | Fault::Conflict | Fault::Limit | Fault::Access | Fault::Permission => {
            refused(code, error.to_string())
        }
        Fault::Unwell => {
            log(context, error);
            refused(code, code.meaning())
        }
        Fault::Ours => {
            log(context, error);
            refused(code, MISTAKE)
        }
    }
}

fn log(context: &Context<'_>, error: &content::Error) {
    let request_id = context.data_opt::<RequestId>().map_or("none", |id| id.0.as_str());
    let path = context.path_node.map(|node| node.to_string()).unwrap_or_default();
    tracing::error!(request_id, path, error = %error, "a field could not be resolved");
}
