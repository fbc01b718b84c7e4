//! The first job: proving the audit chain and every register row, with progress.

use maud::{Markup, html};
use serde_json::Value;

use super::{JobCtx, JobKind};
use crate::{
    audit::{self, Finding},
    error::{Error, Result},
    i18n::{self, Lang, ta},
};

/// Reads the whole chain and compares every record.
pub(super) const KIND: JobKind =
    JobKind { key: "audit.verify", permission: "audit.read", run: |ctx| Box::pin(run(ctx)), show, due: None };

async fn run(ctx: JobCtx) -> Result<Value> {
    let mut read = ctx.app.read(&ctx.actor).await?;
    let registers = ctx.app.registers();
    let kept: Vec<_> = ctx.app.modules.iter().flat_map(|module| module.kept.iter().copied()).collect();
    let progress = ctx.progress.clone();
    let told = move |done, total| progress.set(done, total, String::new());
    let report = audit::verify_told(&mut read.tx, &read.keys, &registers, &kept, None, told).await?;
    serde_json::to_value(report).map_err(|e| Error::Internal(e.to_string()))
}

fn show(lang: Lang, answer: &Value) -> Markup {
    let number = |name: &str| answer[name].as_i64().unwrap_or_default();
    let findings: Vec<Finding> = serde_json::from_value(answer["findings"].clone()).unwrap_or_default();
    html! {
        p { (ta(lang, "job-verify-read", &[("entries", number("entries").into()), ("records", number("records").into())])) }
        @if findings.is_empty() {
            p { strong { (ta(lang, "job-verify-proven", &[])) } }
        } @else {
            p role="alert" { strong { (ta(lang, "job-verify-found", &[("n", findings.len().into())])) } }
            ul {
                @for finding in findings.iter().take(100) {
                    li { (i18n::message(lang, &finding.message())) }
                }
            }
        }
    }
}
