//! Addresses that two readers could understand differently are refused before anything looks at them.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use content::code::Code;

use super::answer;

/// Lets a request on whose address is what RFC 3986 (2.1) says, and in UTF-8 once its escapes are taken out.
pub(super) async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let uri = request.uri();
    if well_formed(uri.path()) && uri.query().is_none_or(well_formed) {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    }
    let refusal =
        answer::refusal(request.request(), Code::Body, "The address has escapes that are not two hexadecimal digits, or not UTF-8.");
    Ok(request.into_response(refusal).map_into_right_body())
}

fn well_formed(text: &str) -> bool {
    if !text.contains('%') {
        return true;
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            plain.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        let (Some(high), Some(low)) = (digit(bytes.next()), digit(bytes.next())) else { return false };
        plain.push(high * 16 + low);
    }
    std::str::from_utf8(&plain).is_ok()
}

#[cfg(test)]
mod tests {
    use super::well_formed;

    #[test]
    fn escapes_are_whole_and_mean_text() {
        for good in ["", "/graphql", "a=%41&b=%C3%A9", "%25zz", "a+b"] {
            assert!(well_formed(good), "{good}");
        }
        for bad in ["%", "%4", "%zz", "a=%C3", "%ff%fe", "%+1", "%C0%80"] {
            assert!(!well_formed(bad), "{bad}");
        }
    }
}
