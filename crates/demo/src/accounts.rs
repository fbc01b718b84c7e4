//! The named sign-ins of the demonstration: at least one for every role. Everybody else has no account.

use crate::{Account, Term};

/// The sign-ins: institution words, never a person's name.
const SIGN_INS: &[(&str, &str, &str, &str)] = &[
    ("chuangjian", "post-sqb-officer", "创建办，三个岗位可切换", "campaign office; three posts to switch between"),
    ("minzheng", "post-mzj-deputy", "牵头局分管领导", "deputy head of the lead bureau"),
    ("minzheng-gu", "post-mzj-officer", "牵头局股长，核社区用房", "section head of the lead bureau; premises"),
    ("tongji", "post-tjj-officer", "统计局，报数据", "statistics bureau; enters figures"),
    ("caizheng", "post-czj-officer", "财政局，报数据", "finance bureau; enters figures"),
    ("chengbei", "post-S4-officer", "城北街道专干", "officer of the subdistrict of 军民村"),
    ("chengbei-zr", "post-S4-deputy", "城北街道分管副主任，审核", "deputy director of that subdistrict; reviews"),
    ("junmincun", "post-C-S4-07-worker", "军民村社区工作者", "community worker of 军民村"),
    ("tiyudonglu", "post-C-S2-01-head", "样板社区书记、主任", "head of the model community"),
    ("dudao", "post-team-S3", "城西督导组组长，另有部门岗位", "inspector; also holds a department post"),
    ("quling", "post-leader-deputy", "分管副区长", "district leader"),
    ("pingshen", "post-review-province", "省厅评审人员，只读", "reviewer from the province; reads only"),
    ("xitong", "post-admin-system", "系统管理员", "system administrator"),
    ("anquan", "post-admin-security", "安全管理员", "security administrator"),
    ("shenji", "post-admin-audit", "审计管理员", "audit administrator"),
];

/// The sign-ins whose post has a holder.
pub(crate) fn accounts(terms: &[Term]) -> Vec<Account> {
    let mut accounts = Vec::new();
    for (login, post, zh, en) in SIGN_INS {
        if let Some(term) = terms.iter().find(|term| term.post == *post && term.to.is_none()) {
            accounts.push(Account {
                login: (*login).to_owned(),
                person: term.person.clone(),
                post: (*post).to_owned(),
                purpose_zh: (*zh).to_owned(),
                purpose_en: (*en).to_owned(),
            });
        }
    }
    accounts
}
