//! Routes, each with a declared need. There is no way to add one without.

use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};

use super::{App, Beside, Finder};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Anybody, signed in or not. Only for sign-in, assets, health and pages for residents.
    Public,
    /// Anybody signed in or with a token; the handler answers only what is their own. For programs that wait for their job.
    Known,
    /// Anybody signed in, whatever the post: own to-dos, own account.
    SignedIn,
    /// Whoever holds this permission somewhere; the handler's queries do the rest by scope.
    Right(&'static str),
}

/// A route.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path with `{parameters}`.
    pub path: String,
    /// Who may use it.
    pub need: Need,
    /// What answers.
    pub handler: MethodRouter<App>,
}

/// A list of routes under construction.
#[derive(Default)]
pub struct Routes {
    routes: Vec<Route>,
    finders: Vec<(&'static str, Finder)>,
    besides: Vec<Beside>,
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.routes).finish()
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {:?}", self.method, self.path, self.need)
    }
}

impl Routes {
    /// No routes.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    fn add<H, T>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: impl Into<String>,
        need: Need,
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.routes.push(Route { method, path: path.into(), need, handler: on(filter, handler) });
        self
    }

    /// A page or a look at data; it must not change anything.
    #[must_use]
    pub fn get<H: Handler<T, App>, T: 'static>(self, path: impl Into<String>, need: Need, handler: H) -> Self {
        self.add(Method::GET, MethodFilter::GET, path, need, handler)
    }

    /// A form's act or a new record.
    #[must_use]
    pub fn post<H: Handler<T, App>, T: 'static>(self, path: impl Into<String>, need: Need, handler: H) -> Self {
        self.add(Method::POST, MethodFilter::POST, path, need, handler)
    }

    /// A change of a record through the API.
    #[must_use]
    pub fn put<H: Handler<T, App>, T: 'static>(self, path: impl Into<String>, need: Need, handler: H) -> Self {
        self.add(Method::PUT, MethodFilter::PUT, path, need, handler)
    }

    /// A removal through the API.
    #[must_use]
    pub fn delete<H: Handler<T, App>, T: 'static>(self, path: impl Into<String>, need: Need, handler: H) -> Self {
        self.add(Method::DELETE, MethodFilter::DELETE, path, need, handler)
    }

    /// Both lists.
    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.routes.extend(other.routes);
        self.finders.extend(other.finders);
        self.besides.extend(other.besides);
        self
    }

    /// The routes, for mounting and for the permission matrix.
    #[must_use]
    pub fn into_vec(self) -> Vec<Route> {
        self.routes
    }

    /// How what pages of this kind are about is found by its key (see [`super::Subject`]).
    #[must_use]
    pub fn finds(mut self, kind: &'static str, finder: Finder) -> Self {
        self.finders.push((kind, finder));
        self
    }

    /// What is shown beside pages of other modules.
    #[must_use]
    pub fn beside(mut self, show: Beside) -> Self {
        self.besides.push(show);
        self
    }

    pub(super) fn subjects(self) -> (Vec<(&'static str, Finder)>, Vec<Beside>) {
        (self.finders, self.besides)
    }
}
