//! Which of the two media types an answer has (GraphQL over HTTP, "Media Types"; RFC 9110, 12.5.1).

use actix_web::HttpMessage;
use actix_web::http::header::{ACCEPT, Accept, Header};

/// A media type of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: for callers that do not say, and those from before the specification.
    Json,
    /// `application/graphql-response+json`: the status code says whether the document was executed.
    GraphqlResponse,
}

impl Media {
    /// What stands in the header.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// The media type that the caller likes best; nothing if none of ours is accepted.
    pub(super) fn of(request: &impl HttpMessage) -> Option<Self> {
        if !request.headers().contains_key(ACCEPT) {
            return Some(Self::Json);
        }
        // What cannot be read as a list of media types asks for nothing in particular.
        let Some(accept) = Accept::parse(request).ok().filter(|accept| !accept.is_empty()) else { return Some(Self::Json) };
        let liking = |name: &str| {
            let matching = accept.iter().filter_map(|item| {
                let range = item.item.essence_str();
                let exactness = match range {
                    "*/*" => 0,
                    "application/*" => 1,
                    _ if range == name => 2,
                    _ => return None,
                };
                Some((exactness, item.quality))
            });
            // The most exact range decides, not the one with the largest quality.
            matching
                .max_by_key(|(exactness, quality)| (*exactness, *quality))
                .filter(|(_, quality)| *quality > actix_web::http::header::Quality::ZERO)
        };
        let (json, graphql) = (liking("application/json"), liking("application/graphql-response+json"));
        match (json, graphql) {
            (None, None) => None,
            (None, Some(_)) => Some(Self::GraphqlResponse),
            // Named on a par, the newer type wins; a mere "*/*" gets what every tool reads.
            (Some(json), Some(graphql)) if (graphql.1, graphql.0) > (json.1, json.0) => Some(Self::GraphqlResponse),
            (Some(json), Some(graphql)) if graphql == json && graphql.0 == 2 => Some(Self::GraphqlResponse),
            (Some(_), Some(_) | None) => Some(Self::Json),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Media;
    use actix_web::test::TestRequest;

    #[test]
    fn the_caller_gets_what_they_like_best() {
        let of = |accept: &str| Media::of(&TestRequest::default().insert_header(("accept", accept)).to_http_request());
        for json in [
            "application/json",
            "*/*",
            "application/*",
            "application/json, */*",
            "application/graphql-response+json;q=0.5, application/json",
            "?",
        ] {
            assert_eq!(of(json), Some(Media::Json), "{json}");
        }
        for graphql in [
            "application/graphql-response+json",
            "application/graphql-response+json, application/json",
            "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8;q=0.9",
            "application/json;q=0.9, application/graphql-response+json",
            "application/json;q=0, */*",
        ] {
            assert_eq!(of(graphql), Some(Media::GraphqlResponse), "{graphql}");
        }
        assert_eq!(of("text/html"), None);
        assert_eq!(Media::of(&TestRequest::default().to_http_request()), Some(Media::Json));
    }
}
