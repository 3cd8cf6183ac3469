//! What a change says, as the fields of the parts of a guide, with tidy texts.

use serde::Serialize;
use serde_json::Value;

use entity::Key;

use super::{Field, List, New, Patch, Pay, Revised, RevisedPay};
use crate::fold::tidy;
use crate::guide::parts::{Fields, Label, Name, Place, Sort};

/// New values by field; null clears a field.
#[derive(Default)]
pub(super) struct Form(Vec<(&'static str, Value)>);

impl Form {
    fn set(mut self, field: &'static str, value: impl Serialize) -> Self {
        // Texts, numbers and lists of them always have a form in JSON.
        self.0.push((field, serde_json::to_value(value).unwrap_or_default()));
        self
    }

    fn text(self, field: &'static str, text: &str) -> Self {
        self.set(field, tidy(text))
    }

    fn texts(self, field: &'static str, texts: &[String]) -> Self {
        self.set(field, texts.iter().map(|text| tidy(text)).collect::<Vec<_>>())
    }

    fn given<T: Serialize>(self, field: &'static str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.set(field, value),
            None => self,
        }
    }

    fn patch<T: Serialize>(self, field: &'static str, patch: &Patch<T>) -> Self {
        match patch {
            Patch::Keep => self,
            Patch::Clear => self.set(field, ()),
            Patch::Set(value) => self.set(field, value),
        }
    }

    fn patch_text(self, field: &'static str, patch: &Patch<String>) -> Self {
        match patch {
            Patch::Set(text) => self.text(field, text),
            Patch::Keep | Patch::Clear => self.patch(field, patch),
        }
    }

    fn patch_texts(self, field: &'static str, patch: &Patch<Vec<String>>) -> Self {
        match patch {
            Patch::Set(texts) => self.texts(field, texts),
            Patch::Keep | Patch::Clear => self.patch(field, patch),
        }
    }

    pub(super) fn fill(self, fields: &mut Fields) {
        for (field, value) in self.0 {
            if value.is_null() {
                fields.remove(field);
            } else {
                fields.insert(field.to_owned(), value);
            }
        }
    }
}

impl Field {
    pub(super) fn form(&self) -> Form {
        let form = Form::default();
        match self {
            Self::Name(name) => form.text("name", name),
            Self::Sample(sample) => form.set("sample", sample),
            Self::Tier(tier) => form.set("tier", tier),
            Self::Highlights(texts) => form.texts("highlights", texts),
            Self::VerifiedOn(day) => form.set("verified_on", day),
        }
    }
}

impl New {
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Round { .. } => Place::InterviewLoop,
            Self::Category { .. } => Place::QuestionCategories,
            Self::Question { category, .. } => Place::from(&List::Questions(category.clone())),
            Self::SalaryRange(_) => Place::SalaryRanges,
            Self::Line { list, .. } => Place::from(list),
            Self::Week { .. } => Place::PrepPlan,
        }
    }

    pub(super) fn form(&self) -> Form {
        let form = Form::default();
        match self {
            Self::Round { title, duration, focus } => form.text("title", title).set("duration", duration).texts("focus", focus),
            Self::Category { name, weight_percent } => form.text("name", name).set("weight_percent", weight_percent),
            Self::Question { text, difficulty, tags, guidance, .. } => {
                let form = form.text("text", text).set("difficulty", difficulty).texts("tags", tags);
                form.set("guidance", guidance.as_deref().map(tidy))
            }
            Self::SalaryRange(pay) => pay.form(),
            Self::Line { text, .. } | Self::Week { text, .. } => form.text("text", text),
        }
    }
}

impl Pay {
    fn form(&self) -> Form {
        let Self { level, figures, currency, period, basis, note, source, as_of } = self;
        let form = Form::default().text("level", level).set("figures", figures).set("currency", currency).set("period", period);
        let form = form.set("basis", basis).set("as_of", as_of);
        form.set("note", note.as_deref().map(tidy)).set("source", source.as_deref().map(tidy))
    }
}

impl Revised {
    pub(super) fn name(&self) -> Name {
        let named = |key: &Key, sort| Name { label: Label::Key(key.clone()), sort, nth: 0 };
        match self {
            Self::Round { key, .. } => named(key, Sort::Round),
            Self::Category { key, .. } => named(key, Sort::Category),
            Self::Question { key, .. } => named(key, Sort::Question),
            Self::SalaryRange { key, .. } => named(key, Sort::SalaryRange),
            Self::Line { key, .. } => named(key, Sort::Line),
            Self::Week { week, .. } => Name { label: Label::Week(*week), sort: Sort::Week, nth: 0 },
        }
    }

    pub(super) fn form(&self) -> Form {
        let form = Form::default();
        let text = |text: &Option<String>| text.as_deref().map(tidy);
        match self {
            Self::Round { title, duration, focus, .. } => {
                form.given("title", text(title)).patch("duration", duration).patch_texts("focus", focus)
            }
            Self::Category { name, weight_percent, .. } => form.given("name", text(name)).patch("weight_percent", weight_percent),
            Self::Question { text: asked, difficulty, tags, guidance, .. } => {
                let form = form.given("text", text(asked)).patch("difficulty", difficulty);
                form.patch_texts("tags", tags).patch_text("guidance", guidance)
            }
            Self::SalaryRange { pay, .. } => pay.form(),
            Self::Line { text, .. } | Self::Week { text, .. } => form.text("text", text),
        }
    }
}

impl RevisedPay {
    fn form(&self) -> Form {
        let Self { level, figures, currency, period, basis, note, source, as_of } = self;
        let form = Form::default().given("level", level.as_deref().map(tidy)).patch("figures", figures).patch("currency", currency);
        let form = form.given("period", *period).patch("basis", basis).patch("as_of", as_of);
        form.patch_text("note", note).patch_text("source", source)
    }
}
