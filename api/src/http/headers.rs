//! The headers that tell browsers what an answer may be used for. They stand on every answer, and nowhere else are they set. What is about a page that is
//! open stands on pages alone: data never becomes one (`nosniff`), and is sent often.

use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, CROSS_ORIGIN_OPENER_POLICY, CROSS_ORIGIN_RESOURCE_POLICY, HeaderMap, HeaderName, HeaderValue,
    PERMISSIONS_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};

/// Data and plain files: nothing is loaded for them, and nothing shows them in a frame.
const DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// The page at `/`.
const HOME: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The explorer, and also its scripts: those that run as workers go by the policy of their own file.
const EXPLORER: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The explorer copies to the clipboard; nothing here needs anything else of these.
const PERMISSIONS: &str =
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()";

/// `X-Frame-Options` is the older word for `frame-ancestors`, which data says as well; there is nothing to click in data, for a browser that knows the older one alone.
const OF_PAGES: [(HeaderName, &str); 4] = [
    (REFERRER_POLICY, "no-referrer"),
    (CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
    (PERMISSIONS_POLICY, PERMISSIONS),
    (X_FRAME_OPTIONS, "DENY"),
];

/// The headers of the answers at an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    policy: &'static str,
    origin: &'static str,
    is_page: bool,
}

/// Those at this path.
pub(super) fn of(path: &str) -> Standing {
    // A page of another origin may read what the API says (CORS says so too), but not show our pages as its own parts.
    let (policy, origin, is_page) = match path {
        "/" => (HOME, "same-origin", true),
        path if path.starts_with("/graphiql") => (EXPLORER, "same-origin", true),
        _ => (DATA, "cross-origin", false),
    };
    Standing { policy, origin, is_page }
}

impl Standing {
    /// Puts them onto an answer.
    pub(super) fn put(self, headers: &mut HeaderMap) {
        let of_pages: &[_] = if self.is_page { &OF_PAGES } else { &[] };
        for (name, value) in of_pages {
            headers.insert(name.clone(), HeaderValue::from_static(value));
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(self.policy));
        headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static(self.origin));
    }
}
