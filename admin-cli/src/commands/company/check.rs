//! `greenroom company check`: what the rules say of guides, without publishing.

use clap::Args;
use serde_json::json;

use crate::commands::{names, unknown};
use crate::documents::company::{ByVariables, Checked, CompanyBy, Finding, FindingLevel, ReadinessQuery};
use crate::fault::{Fault, Result};
use crate::line::Names;
use crate::room::Room;
use crate::ui::{GREEN, RED, YELLOW, paint, path_words};

/// Check guides by the rules for publishing, without publishing
#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    names: Names,
}

impl Check {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let client = room.client().await?;
        let (mut objects, mut faults) = (Vec::new(), Vec::new());
        for name in names(room, &self.names.names)? {
            let ReadinessQuery { company } = client.ask(ByVariables { by: CompanyBy::from(name.as_str()) }).await?;
            let Some(company) = company else { return Err(unknown(client, &name).await) };
            tell(room, &company);
            objects.push(object(&company));
            if !company.readiness.ready {
                faults.extend(
                    company
                        .readiness
                        .findings
                        .iter()
                        .find(|finding| finding.level != FindingLevel::Advice)
                        .map(|finding| stopped(&company, finding)),
                );
            }
        }
        if room.ui.is_for_programs() {
            room.ui.object(&json!(objects));
        }
        Fault::all(faults).map_or(Ok(()), Err)
    }
}

/// One line stands for a guide that cannot be published; the findings have been told.
fn stopped(company: &Checked, finding: &Finding) -> Fault {
    let fault = Fault::told(&finding.code, format!("{} cannot be published yet", company.slug));
    fault.next(format!("greenroom edit {}", company.slug)).at(json!({ "company": company.slug, "path": finding.path }))
}

fn tell(room: &Room, company: &Checked) {
    let ready = if company.readiness.ready { paint(GREEN, "ready to publish") } else { paint(RED, "not ready to publish") };
    room.ui.tell(format!("{}  {ready}", company.slug));
    for finding in &company.readiness.findings {
        let (style, word) = match finding.level {
            FindingLevel::Saving | FindingLevel::Publishing => (RED, "error"),
            FindingLevel::Advice => (YELLOW, "warning"),
        };
        room.ui.tell(format!("  {}  {}", paint(style, format!("{word}[{}]", finding.code)), path_words(&finding.path)));
        room.ui.tell(format!("    {}", finding.message));
    }
}

fn object(company: &Checked) -> serde_json::Value {
    let findings = company.readiness.findings.iter().map(|finding| {
        let level = format!("{:?}", finding.level).to_lowercase();
        json!({ "code": finding.code, "level": level, "path": finding.path, "found": finding.found, "expected": finding.expected })
    });
    json!({ "company": company.slug, "ready": company.readiness.ready, "findings": findings.collect::<Vec<_>>() })
}
