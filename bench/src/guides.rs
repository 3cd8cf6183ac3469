//! The guides that are asked for: in the order of the list, with the cursor of each, and what the generator says of them.

use std::collections::HashMap;

use content::file::GuideFile;
use seed::synthetic;

/// All guides of the database, in the order of the list.
#[derive(Debug)]
pub(crate) struct Guides {
    slugs: Vec<String>,
    cursors: Vec<String>,
    numbers: HashMap<String, u32>,
    searches: Vec<String>,
}

impl Guides {
    /// The guides of the numbers below a count, in the order in which the list gave their slugs and cursors.
    ///
    /// # Errors
    ///
    /// If the list does not have exactly these guides, each once.
    pub(crate) fn new(count: u32, listed: Vec<(String, String)>) -> Result<Self, String> {
        let numbers: HashMap<String, u32> = (0..count).map(|number| (synthetic::guide(number).slug.to_string(), number)).collect();
        let (slugs, cursors): (Vec<String>, Vec<String>) = listed.into_iter().unzip();
        let distinct: std::collections::HashSet<&String> = slugs.iter().collect();
        if distinct.len() != numbers.len() || slugs.len() != numbers.len() || !slugs.iter().all(|slug| numbers.contains_key(slug)) {
            return Err(format!("the list has {} guides, {} of them different; there are {}", slugs.len(), distinct.len(), numbers.len()));
        }
        Ok(Self { slugs, cursors, numbers, searches: searches() })
    }

    pub(crate) const fn count(&self) -> usize {
        self.slugs.len()
    }

    /// The slug at a place of the list.
    pub(crate) fn slug(&self, place: usize) -> &str {
        &self.slugs[place]
    }

    /// The cursor of a place of the list.
    pub(crate) fn cursor(&self, place: usize) -> &str {
        &self.cursors[place]
    }

    /// The guide at a place of the list, made anew.
    pub(crate) fn of(&self, place: usize) -> GuideFile {
        synthetic::guide(self.numbers[&self.slugs[place]])
    }

    /// The guide with this slug, made anew.
    pub(crate) fn named(&self, slug: &str) -> Option<GuideFile> {
        self.numbers.get(slug).map(|number| synthetic::guide(*number))
    }

    /// What is searched for: words that stand in questions together.
    pub(crate) fn searches(&self) -> &[String] {
        &self.searches
    }
}

/// Three words of some questions, as somebody types them. The generator has few words, so each finds hundreds.
fn searches() -> Vec<String> {
    let mut found = std::collections::BTreeSet::new();
    for guide in (0..40).map(synthetic::guide) {
        for question in guide.guide.question_categories.iter().flat_map(|category| &category.questions) {
            let words: Vec<String> = question.text.to_lowercase().split(' ').map(|word| word.trim_end_matches('.').to_owned()).collect();
            let (first, last) = (words.first(), words.last());
            let longest = words.iter().skip(1).rev().skip(1).max_by_key(|word| word.len());
            if let (Some(first), Some(longest), Some(last)) = (first, longest, last) {
                found.insert(format!("{first} {longest} {last}"));
            }
        }
    }
    found.into_iter().collect()
}
