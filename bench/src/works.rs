//! The five operations that are measured, and what a right answer to each says. What is right is worked out from the generator of the guides and from
//! the order of the list, not from another answer of the server that is measured.

use serde_json::{Value, json};

use crate::guides::Guides;

/// An operation that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// A whole page of a company, by its slug.
    Page,
    /// A page of the list of companies, with the total count.
    List,
    /// Twenty companies, each with five questions and its salaries.
    Twenty,
    /// A full-text search of questions.
    Search,
    /// Two fields of one company.
    TwoFields,
}

impl Work {
    pub(crate) const ALL: [Self; 5] = [Self::Page, Self::List, Self::Twenty, Self::Search, Self::TwoFields];

    /// Its short name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Page => "W1",
            Self::List => "W2",
            Self::Twenty => "W3",
            Self::Search => "W4",
            Self::TwoFields => "W5",
        }
    }

    /// What it asks for, for people.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Page => "a whole page by slug",
            Self::List => "a list page with total count",
            Self::Twenty => "20 companies, each with 5 questions and salaries",
            Self::Search => "full-text search of questions",
            Self::TwoFields => "two fields of one company",
        }
    }

    /// Its document.
    pub(crate) const fn document(self) -> &'static str {
        match self {
            Self::Page => {
                "query Page($slug: String!) { company(by: {slug: $slug}) { id slug name tier { name } highlights focusAreas { text } \
                 interviewLoop { totalMinutes { min max } rounds { position title duration { min max } focus tips { text } } } \
                 questionCategories { name weightPercent questions { id text difficulty tags guidance } } insiderTips { text } redFlags { text } \
                 traits { text } salaryRanges { level min { amount currency } max { amount currency } openEnded display } \
                 prepPlan { weeks { week text } } revision publishedAt verifiedOn sources { text } } }"
            }
            Self::List => {
                "query List($after: String) { companies(first: 20, after: $after) { totalCount nodes { slug name tier { name } highlights } \
                 pageInfo { hasNextPage endCursor } } }"
            }
            Self::Twenty => {
                "query Twenty($after: String) { companies(first: 20, after: $after) { nodes { slug name questions(first: 5) { nodes { text } } \
                 salaryRanges { level display } } } }"
            }
            Self::Search => {
                "query Search($words: String!) { questions(search: $words, first: 10) { nodes { text company { slug name } } } }"
            }
            Self::TwoFields => "query Two($slug: String!) { company(by: {slug: $slug}) { slug name } }",
        }
    }

    /// How many different questions it has over so many guides.
    pub(crate) fn arguments(self, guides: &Guides) -> usize {
        match self {
            Self::Page | Self::TwoFields => guides.count(),
            Self::List | Self::Twenty => guides.count() - PAGE,
            Self::Search => guides.searches().len(),
        }
    }

    /// The variables of one of them.
    pub(crate) fn variables(self, guides: &Guides, argument: usize) -> Value {
        match self {
            Self::Page | Self::TwoFields => json!({ "slug": guides.slug(argument) }),
            Self::List | Self::Twenty => json!({ "after": guides.cursor(argument) }),
            Self::Search => json!({ "words": guides.searches()[argument] }),
        }
    }

    /// What the bare handler needs to know to answer the same.
    pub(crate) fn parameter(self, guides: &Guides, argument: usize) -> String {
        match self {
            Self::Page | Self::TwoFields | Self::List | Self::Twenty => guides.slug(argument).to_owned(),
            Self::Search => guides.searches()[argument].replace(' ', "+"),
        }
    }

    /// How every right answer begins.
    pub(crate) fn beginning(self, guides: &Guides, argument: usize) -> String {
        match self {
            Self::Page => r#"{"data":{"company":{"id":"company_"#.to_owned(),
            Self::List => {
                format!(r#"{{"data":{{"companies":{{"totalCount":{},"nodes":[{{"slug":"{}""#, guides.count(), guides.slug(argument + 1))
            }
            Self::Twenty => format!(r#"{{"data":{{"companies":{{"nodes":[{{"slug":"{}""#, guides.slug(argument + 1)),
            Self::Search => r#"{"data":{"questions":{"nodes":[{"text":""#.to_owned(),
            Self::TwoFields => format!(r#"{{"data":{{"company":{{"slug":"{}","name":""#, guides.slug(argument)),
        }
    }

    /// Whether an answer is right in all that the generator knows.
    pub(crate) fn is_right(self, guides: &Guides, argument: usize, answer: &Value) -> bool {
        let data = &answer["data"];
        match self {
            Self::Page => is_page(guides, argument, &data["company"]),
            Self::TwoFields => {
                data["company"]["slug"] == guides.slug(argument) && data["company"]["name"] == guides.of(argument).guide.name.as_str()
            }
            Self::List => is_next(guides, argument, &data["companies"]["nodes"]) && data["companies"]["totalCount"] == guides.count(),
            Self::Twenty => {
                let nodes = &data["companies"]["nodes"];
                is_next(guides, argument, nodes) && (0..PAGE).all(|place| has_five(guides, argument + 1 + place, &nodes[place]))
            }
            Self::Search => {
                let nodes = data["questions"]["nodes"].as_array();
                nodes.is_some_and(|nodes| !nodes.is_empty() && nodes.iter().all(|node| is_found(guides, argument, node)))
            }
        }
    }
}

/// Whether a question is of the company that is named with it, and has all words of a search in its text, its tags or its guidance.
fn is_found(guides: &Guides, argument: usize, node: &Value) -> bool {
    let Some(guide) = node["company"]["slug"].as_str().and_then(|slug| guides.named(slug)) else { return false };
    let questions = guide.guide.question_categories.iter().flat_map(|category| &category.questions);
    questions.filter(|question| node["text"] == question.text.as_str()).any(|question| {
        let parts = question.tags.iter().map(String::as_str).chain(question.guidance.as_deref());
        let all = parts.fold(question.text.to_lowercase(), |all, part| all + " " + &part.to_lowercase());
        guides.searches()[argument].split(' ').all(|word| all.contains(word))
    })
}

/// Companies of a page.
const PAGE: usize = 20;

fn is_page(guides: &Guides, argument: usize, company: &Value) -> bool {
    let guide = &guides.of(argument).guide;
    let questions =
        guide.question_categories.iter().map(|category| category.questions.iter().map(|question| question.text.as_str()).collect());
    let questions: Vec<Vec<&str>> = questions.collect();
    let tips: Vec<&str> = guide.insider_tips.iter().map(|line| line.text.as_str()).collect();
    let levels: Vec<&str> = guide.salary_ranges.iter().map(|range| range.level.as_str()).collect();
    let weeks: Vec<&str> = guide.prep_plan.iter().map(|week| week.text.as_str()).collect();
    let texts = |list: &Value, field: &str| list.as_array().map(|list| list.iter().map(|entry| entry[field].clone()).collect::<Vec<_>>());
    let asked: Option<Vec<_>> = company["questionCategories"]
        .as_array()
        .and_then(|list| list.iter().map(|category| texts(&category["questions"], "text")).collect());
    company["slug"] == guides.slug(argument)
        && company["name"] == guide.name.as_str()
        && json!(asked) == json!(questions)
        && json!(texts(&company["insiderTips"], "text")) == json!(tips)
        && json!(texts(&company["salaryRanges"], "level")) == json!(levels)
        && json!(texts(&company["prepPlan"]["weeks"], "text")) == json!(weeks)
}

/// Whether these are the companies behind one in the list.
fn is_next(guides: &Guides, argument: usize, nodes: &Value) -> bool {
    let slugs: Option<Vec<&str>> = nodes.as_array().and_then(|nodes| nodes.iter().map(|node| node["slug"].as_str()).collect());
    slugs.is_some_and(|slugs| slugs.len() == PAGE && (0..PAGE).all(|place| slugs[place] == guides.slug(argument + 1 + place)))
}

fn has_five(guides: &Guides, argument: usize, company: &Value) -> bool {
    let guide = &guides.of(argument).guide;
    let first: Vec<&str> =
        guide.question_categories.iter().flat_map(|category| &category.questions).take(5).map(|question| question.text.as_str()).collect();
    let texts = company["questions"]["nodes"].as_array().map(|nodes| nodes.iter().map(|node| node["text"].clone()).collect::<Vec<_>>());
    json!(texts) == json!(first) && company["salaryRanges"].as_array().map(Vec::len) == Some(guide.salary_ranges.len())
}
