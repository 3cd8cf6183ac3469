//! A request in bytes, made before the clock runs. It may have a place for a number, which makes it one that was not sent before.

/// Digits of the number.
const DIGITS: usize = 16;
/// What stands in a text where the number goes.
pub(crate) const NUMBER: &str = "0000000000000000";

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Shot {
    bytes: Vec<u8>,
    number: Option<usize>,
    /// How a right answer begins.
    pub(crate) beginning: String,
}

impl Shot {
    /// A POST of JSON to the API.
    pub(crate) fn post(path: &str, body: &str, beginning: String) -> Self {
        let head =
            format!("POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        let number = body.find(NUMBER).map(|place| head.len() + place);
        Self { bytes: (head + body).into_bytes(), number, beginning }
    }

    /// A GET.
    pub(crate) fn get(path: &str, beginning: String) -> Self {
        Self { bytes: format!("GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n").into_bytes(), number: None, beginning }
    }

    /// Writes the request with a number, if it has a place for one.
    pub(crate) fn write(&self, buffer: &mut Vec<u8>, mut number: u64) {
        buffer.clear();
        buffer.extend_from_slice(&self.bytes);
        let Some(place) = self.number else { return };
        // From the right, and never a leading zero: a number that is part of JSON may not have one.
        for digit in (1..DIGITS).rev() {
            buffer[place + digit] = b'0' + u8::try_from(number % 10).unwrap_or_default();
            number /= 10;
        }
        buffer[place] = b'1';
    }
}
