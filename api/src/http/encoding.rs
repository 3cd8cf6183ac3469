//! In which encoding an answer is sent (RFC 9110, 12.5.3). It is encoded once, when it is kept, and not again for whoever asks the same.

use std::io::Write;

use actix_web::HttpMessage;
use actix_web::http::header::{ACCEPT_ENCODING, AcceptEncoding, Header, Preference, Quality};
use actix_web::web::Bytes;

/// A body of fewer bytes is sent as it is: a packet has room for it.
const LEAST: usize = 1_024;
/// Levels that take some ten microseconds for each ten kilobytes and leave a fifth of them.
const GZIP_LEVEL: u32 = 5;
const BROTLI_LEVEL: i32 = 4;
const ZSTD_LEVEL: i32 = 3;
/// The window of Brotli, as a power of two: answers are smaller.
const BROTLI_WINDOW: i32 = 20;

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Gzip,
    Brotli,
    Zstd,
}

impl Encoding {
    /// All but the plain one, the cheapest for its size first.
    const ALL: [Self; 3] = [Self::Zstd, Self::Brotli, Self::Gzip];

    /// What stands in `Content-Encoding`, and behind the fingerprint in `ETag`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// The one that the caller likes best, of several the cheapest.
    pub(super) fn of(request: &impl HttpMessage) -> Self {
        if !request.headers().contains_key(ACCEPT_ENCODING) {
            return Self::Plain;
        }
        let Ok(accept) = AcceptEncoding::parse(request) else { return Self::Plain };
        let liking = |encoding: Self| {
            let mut any = Quality::ZERO;
            for item in accept.iter() {
                match &item.item {
                    Preference::Specific(named) if named.to_string() == encoding.name() => return item.quality,
                    Preference::Specific(_) => {}
                    Preference::Any => any = item.quality,
                }
            }
            any
        };
        let plain = liking(Self::Plain);
        // Of equal ones the first counts, and the plain one last.
        Self::ALL
            .into_iter()
            .rev()
            .map(|encoding| (liking(encoding), encoding))
            .filter(|(quality, _)| *quality > Quality::ZERO && *quality >= plain)
            .fold((Quality::ZERO, Self::Plain), |best, next| if next.0 >= best.0 { next } else { best })
            .1
    }

    /// A body in this encoding; nothing if it is not worth it.
    pub(super) fn encode(self, body: &[u8]) -> Option<Bytes> {
        if body.len() < LEAST {
            return None;
        }
        let encoded = match self {
            Self::Plain => return None,
            Self::Gzip => gzip(body).ok()?,
            Self::Brotli => brotli(body).ok()?,
            Self::Zstd => zstd::bulk::compress(body, ZSTD_LEVEL).ok()?,
        };
        (encoded.len() < body.len()).then(|| Bytes::copy_from_slice(&encoded))
    }
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(GZIP_LEVEL));
    encoder.write_all(body)?;
    encoder.finish()
}

fn brotli(mut body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoded = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: BROTLI_LEVEL, lgwin: BROTLI_WINDOW, size_hint: body.len(), ..Default::default() };
    brotli::BrotliCompress(&mut body, &mut encoded, &parameters)?;
    Ok(encoded)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::Encoding;

    #[test]
    fn the_caller_gets_what_they_like_best_and_of_several_the_cheapest() {
        let of = |accept: &str| Encoding::of(&TestRequest::default().insert_header(("accept-encoding", accept)).to_http_request());
        for (accept, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Zstd),
            ("gzip, deflate, br", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("gzip;q=1, br;q=0.5", Encoding::Gzip),
            ("*", Encoding::Zstd),
            ("*;q=0.5, zstd;q=0", Encoding::Brotli),
            ("identity", Encoding::Plain),
            ("identity, gzip;q=0.5", Encoding::Plain),
            ("deflate", Encoding::Plain),
            ("", Encoding::Plain),
            ("gzip;q=0", Encoding::Plain),
        ] {
            assert_eq!(of(accept), expected, "{accept}");
        }
        assert_eq!(Encoding::of(&TestRequest::default().to_http_request()), Encoding::Plain);
    }

    #[test]
    fn what_is_small_or_grows_is_sent_as_it_is() {
        let long = "the same words again and again, ".repeat(200);
        for encoding in Encoding::ALL {
            assert!(encoding.encode(long.as_bytes()).unwrap().len() < 400);
            assert!(encoding.encode(b"short").is_none());
        }
        assert!(Encoding::Plain.encode(long.as_bytes()).is_none());
    }
}
