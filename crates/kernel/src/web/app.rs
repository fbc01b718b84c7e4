//! The application's state: everything a request needs, made once.

use std::sync::{Arc, RwLock};

use super::{Module, Routes, subject::Subjects};
use crate::{
    access::{Actor, Role},
    audit::Keys,
    clock::Clock,
    db::Db,
    error::Result,
    files::Files,
    jobs::Jobs,
    register::RegisterDef,
    settings::Settings,
    work::{Read, Work},
};

/// The application. Cloning shares it.
#[derive(Clone)]
pub struct App(Arc<(Parts, Subjects)>);

/// What the application is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The district's keys.
    pub keys: Keys,
    /// Business time.
    pub clock: Clock,
    /// What the administrator configured.
    pub settings: Settings,
    /// The modules, in the order of the navigation.
    pub modules: &'static [&'static Module],
    /// The roles a post may hold.
    pub roles: &'static [Role],
    /// Attachments' bytes.
    pub files: Files,
    /// Long work.
    pub jobs: Jobs,
    /// The district served.
    pub district: RwLock<District>,
    /// Who was seen how often: sign-in and request limits.
    pub limits: crate::access::Limits,
}

/// The district served.
#[derive(Debug, Clone, Default)]
pub struct District {
    /// Its name, e.g. 武陵区.
    pub name: String,
    /// Whether its figures are for demonstration only.
    pub demo: bool,
}

impl std::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0.0
    }
}

impl App {
    /// Shares the parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let mut subjects = Subjects::default();
        let own = std::iter::once(crate::pages::routes()).chain(parts.modules.iter().map(|module| (module.routes)()));
        for routes in own {
            let (finders, besides) = routes.subjects();
            subjects.finders.extend(finders);
            subjects.besides.extend(besides);
        }
        Self(Arc::new((parts, subjects)))
    }

    pub(super) fn subjects(&self) -> &Subjects {
        &self.0.1
    }

    /// A unit of work for an actor, at the clock's moment.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn work(&self, actor: &Actor) -> Result<Work> {
        Work::begin(&self.db, &self.keys, self.roles, actor.clone(), self.clock.now()).await
    }

    /// A look at the database for an actor.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self, actor: &Actor) -> Result<Read> {
        Read::begin(&self.db, &self.keys, actor.clone(), self.clock.now()).await
    }

    /// The registers of all modules.
    #[must_use]
    pub fn registers(&self) -> Vec<&'static RegisterDef> {
        self.modules.iter().flat_map(|m| m.registers.iter().copied()).collect()
    }

    /// The register of that key.
    #[must_use]
    pub fn register(&self, key: &str) -> Option<&'static RegisterDef> {
        self.registers().into_iter().find(|d| d.key == key)
    }

    /// The role of that key.
    #[must_use]
    pub fn role(&self, key: &str) -> Option<&'static Role> {
        self.roles.iter().find(|r| r.key == key)
    }

    /// Every route of the kernel and of all modules: what the server mounts and the permission matrix visits.
    #[must_use]
    pub fn routes(&self) -> Routes {
        let mut all = crate::pages::routes();
        for module in self.modules {
            all = all.merge((module.routes)());
        }
        for def in self.registers() {
            all = all.merge(crate::register::pages::routes(def));
        }
        all
    }
}
