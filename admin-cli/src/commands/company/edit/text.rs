//! The text of a guide in the editor, the whole of it or a part; and the guide that it means.

use content::file::{GuideFile, How, Match, Matching, Source, write};
use content::guide::Guide;

use crate::code::Code;
use crate::commands::company::show::Section;
use crate::documents::company::CompanyState;
use crate::documents::plan::Stamp;
use crate::fault::{Fault, Result};
use crate::guides::Held;
use crate::kept::Origin;
use crate::report;
use crate::ui::path_words;

/// The text of what is held: all of it, or a part with the name above it.
pub(super) fn of(held: &Held, section: Option<Section>) -> Result<String> {
    let mut file = held.file()?;
    if let Some(section) = section {
        let mut part = Guide { name: file.guide.name.clone(), ..Guide::default() };
        put(section, &mut part, &file.guide);
        file.guide = part;
    }
    Ok(write(&file))
}

/// What the text was started from, as it was held.
pub(super) fn base(origin: &Origin) -> Held {
    Held {
        id: origin.id.clone(),
        slug: origin.company.clone(),
        state: CompanyState::Changed,
        stamp: Stamp { base: origin.base, edits: origin.edits },
        published: None,
        draft: None,
        guide: origin.guide.clone(),
    }
}

/// A text that is understood.
pub(super) struct Text {
    /// The whole guide that it means.
    pub(super) guide: Guide,
    matches: Vec<Match>,
}

/// A text that cannot be saved: what is wrong with it, and what it looks like where that is in its form.
pub(super) struct Wrong {
    pub(super) fault: Fault,
    pub(super) source: Source,
}

impl Text {
    /// Reads a text over what it was started from; what cannot be read comes back with what is wrong.
    pub(super) fn read(text: &str, origin: &Origin) -> std::result::Result<Self, Box<Wrong>> {
        let source = Source::over(text, &origin.guide, Matching::Similar);
        let name = format!("{}.yaml", origin.company);
        let Ok(adopted) = source.clone().adopted() else {
            let fault = report::faults(text, &source, (&name, &origin.company));
            let fault = fault.unwrap_or_else(|| Fault::new(Code::Kept, "the text cannot be read"));
            return Err(Box::new(Wrong { fault, source }));
        };
        if let Some(fault) = elsewhere(&adopted.file, origin) {
            return Err(Box::new(Wrong { fault, source }));
        }
        let section = origin.section.as_deref().and_then(Section::named);
        let guide = match section {
            None => adopted.file.guide,
            Some(section) => {
                let mut whole = origin.guide.clone();
                put(section, &mut whole, &adopted.file.guide);
                whole
            }
        };
        Ok(Self { guide, matches: adopted.matches })
    }

    /// By what rewordings were recognised, for whoever wonders.
    pub(super) fn notes(&self) -> Vec<String> {
        let said = |one: &Match| match one.how {
            How::Similar(percent) => {
                Some(format!("note: {} was reworded, and is the same item ({percent} % alike)", path_words(&one.path.to_string())))
            }
            How::Exact => None,
        };
        self.matches.iter().filter_map(said).collect()
    }
}

/// What the text says that this edit would not save: another slug, or anything outside of the part that was opened.
fn elsewhere(file: &GuideFile, origin: &Origin) -> Option<Fault> {
    if file.slug.as_str() != origin.company {
        let fault = Fault::new(Code::PlaceUnknown, format!("the text says the slug {}, and an edit does not rename", file.slug));
        return Some(fault.next(format!("greenroom company rename {} {}", origin.company, file.slug)));
    }
    let section = origin.section.as_deref().and_then(Section::named)?;
    let opened = Source::over(&origin.text, &origin.guide, Matching::Similar).adopted().ok()?;
    let mut rest = file.guide.clone();
    put(section, &mut rest, &opened.file.guide);
    let changes = content::diff::between(&opened.file.guide, &rest);
    let first = changes.first()?;
    let fault = Fault::new(
        Code::PlaceUnknown,
        format!("only {} was opened, and the text changes {}, too", section.word(), path_words(&first.path.to_string())),
    );
    Some(
        fault
            .line("  Take that out of the text, and open the whole guide for it afterwards.")
            .next(format!("greenroom edit {}", origin.company)),
    )
}

/// Puts a part of one guide into another.
fn put(section: Section, into: &mut Guide, from: &Guide) {
    match section {
        Section::Focus => into.focus_areas.clone_from(&from.focus_areas),
        Section::Loop => into.interview_loop.clone_from(&from.interview_loop),
        Section::Questions => into.question_categories.clone_from(&from.question_categories),
        Section::Salaries => into.salary_ranges.clone_from(&from.salary_ranges),
        Section::Tips => {
            into.insider_tips.clone_from(&from.insider_tips);
            into.red_flags.clone_from(&from.red_flags);
            into.traits.clone_from(&from.traits);
        }
        Section::Plan => into.prep_plan.clone_from(&from.prep_plan),
        Section::Sources => into.sources.clone_from(&from.sources),
    }
}
