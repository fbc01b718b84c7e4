//! Those who ask, and those whose accounts others keep: planted beside the people of the demonstration.

use axum::Router;
use hejian::modules::{MODULES, ROLES};
use hejian_kernel::{
    access::{Grant, Part, Role},
    jobs, sql,
    testing::{opening, plant},
};
use uuid::Uuid;

use super::{
    ground::{Ground, Subject, Target},
    visitor::Visitor,
};

impl Ground {
    pub(super) async fn plant(&self, router: &Router, login: &str, role: Option<&'static Role>, unit: Uuid) -> Subject {
        let mut work = self.test.setup_with(ROLES).await;
        let key = role.map_or("", |r| r.key);
        plant::officer(&mut work, unit, login, login, login, key).await;
        work.commit().await.expect("commits");
        // A fresh application for each sign-in: so many in one minute would be too many.
        let fresh = self.test.app_at(MODULES, ROLES, opening());
        let visitor = Visitor::signed_in(router, &fresh, login, plant::PASSWORD).await;
        self.subject(login, login, visitor).await
    }

    pub(super) async fn subject(&self, name: &str, login: &str, visitor: Visitor) -> Subject {
        let mut work = self.test.setup().await;
        let (account, post): (Uuid, Option<Uuid>) = sql!(
            &mut work.tx,
            fetch_one,
            "select a.id, (select s.post_id from session s where s.account_id = a.id) from account a where a.login = $1",
            login
        )
        .expect("the account is there");
        let grants: Vec<(String, Uuid)> =
            sql!(&mut work.tx, fetch_all, "select role, scope_unit_id from post_grant where post_id = $1", post)
                .expect("grants are read");
        let role = |key: &str| ROLES.iter().find(|r| r.key == key).expect("a role of the product");
        let job = work.new_id();
        sql!(
            &mut work.tx,
            execute,
            "insert into job (id, kind, args, state, result, account_id, post_id, created_at, finished_at)
             values ($1, $2, '{}', 'done', '{}', $3, $4, $5, $5)",
            job,
            jobs::KINDS[0].key,
            account,
            post,
            opening()
        )
        .expect("the job is written");
        let token = work.new_id();
        let secret = token.to_string();
        let post_of = post.unwrap_or(self.strange_post);
        sql!(
            &mut work.tx,
            execute,
            "insert into api_token (id, account_id, post_id, name, secret_hash, rights, created_at, expires_at)
             values ($1, $2, $3, 'matrix', $4, 'premises.read', $5, $6)",
            token,
            account,
            post_of,
            &secret,
            opening(),
            opening() + chrono::TimeDelta::days(30)
        )
        .expect("the token is written");
        work.commit().await.expect("commits");
        let grants = grants.iter().map(|(key, unit)| Grant { role: role(key), unit: *unit }).collect();
        Subject { name: name.to_owned(), grants, visitor, account: Some(account), post, job, token }
    }

    /// An account, a person without one in a post, a post with a deputy, and a person without a post; all of this unit.
    pub(super) async fn target(&self, unit: &str, [login, person, free, spare]: [&'static str; 4]) -> Target {
        let (unit, role) = (self.unit(unit), "inspector");
        let mut work = self.test.setup_with(ROLES).await;
        let account = plant::officer(&mut work, unit, login, login, login, "").await;
        let post = plant::post(&mut work, unit, &format!("post-{person}"), person, 1, role).await;
        let person = plant::person(&mut work, person, person).await;
        let holder = plant::holds(&mut work, person, post, Part::Holder).await;
        let assisted = plant::post(&mut work, unit, &format!("post-{free}"), free, 1, "").await;
        let other = plant::person(&mut work, free, free).await;
        plant::holds(&mut work, other, assisted, Part::Holder).await;
        let deputy = plant::holds(&mut work, person, assisted, Part::Deputy).await;
        let spare = plant::person(&mut work, spare, spare).await;
        work.commit().await.expect("commits");
        Target { unit, account, person, login: free, post, holder, role, assisted, deputy, spare }
    }
}
