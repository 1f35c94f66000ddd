//! Every address of the desk, each with the action that it is. A route can't be added without one.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware;
use axum::response::Response;
use axum::routing::{MethodRouter, on};

use super::orders::reports;
use super::{
    choices, failure, guard, list, live, log_in, mail, me, new_ticket, notifications, orders, people, replies, second_factor, sessions, settings,
    ticket, welcome,
};
use crate::app::App;
use crate::staff::{Action, LINK_PATH};
use crate::web::CachePolicy;

/// One route: what it is for, and who gets there.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    /// `None`: for who is not logged in yet.
    pub action: Option<Action>,
}

struct Routes {
    app: App,
    router: Router<App>,
    /// Those whose posts may bring files, and so may be large and slow.
    with_files: Router<App>,
    listed: Vec<Route>,
}

impl Routes {
    fn new(app: &App) -> Self {
        Self { app: app.clone(), router: Router::new(), with_files: Router::new(), listed: Vec::new() }
    }

    fn get<T: 'static>(self, path: &'static str, action: Action, handler: impl Handler<T, App>) -> Self {
        self.guarded(Method::GET, path, action, handler)
    }

    fn post<T: 'static>(self, path: &'static str, action: Action, handler: impl Handler<T, App>) -> Self {
        self.guarded(Method::POST, path, action, handler)
    }

    fn guarded<T: 'static>(self, method: Method, path: &'static str, action: Action, handler: impl Handler<T, App>) -> Self {
        let route = self.behind_guard(&method, action, handler);
        self.add(method, path, Some(action), route, false)
    }

    /// A post that may bring files.
    fn post_files<T: 'static>(self, path: &'static str, action: Action, handler: impl Handler<T, App>) -> Self {
        let route = self.behind_guard(&Method::POST, action, handler);
        self.add(Method::POST, path, Some(action), route, true)
    }

    /// For who is not logged in yet.
    fn open<T: 'static>(self, method: Method, path: &'static str, handler: impl Handler<T, App>) -> Self {
        let route = of(&method, handler);
        self.add(method, path, None, route, false)
    }

    fn behind_guard<T: 'static>(&self, method: &Method, action: Action, handler: impl Handler<T, App>) -> MethodRouter<App> {
        let state = guard::Guard { app: self.app.clone(), action };
        of(method, handler).layer(middleware::from_fn_with_state(state, guard::layer))
    }

    fn add(mut self, method: Method, path: &'static str, action: Option<Action>, route: MethodRouter<App>, has_files: bool) -> Self {
        let one = Router::new().route(path, route);
        if has_files {
            self.with_files = self.with_files.merge(one);
        } else {
            self.router = self.router.merge(one);
        }
        self.listed.push(Route { method, path, action });
        self
    }
}

fn of<T: 'static>(method: &Method, handler: impl Handler<T, App>) -> MethodRouter<App> {
    let filter = if *method == Method::POST { axum::routing::MethodFilter::POST } else { axum::routing::MethodFilter::GET };
    on(filter, handler)
}

fn routes(app: &App) -> Routes {
    Routes::new(app)
        .open(Method::GET, log_in::PATH, log_in::show)
        .open(Method::POST, log_in::PATH, log_in::take)
        .open(Method::GET, log_in::CODE_PATH, log_in::show_code)
        .open(Method::POST, log_in::CODE_PATH, log_in::take_code)
        .open(Method::POST, "/desk/log-out", log_in::leave)
        .open(Method::GET, LINK_PATH, welcome::show)
        .open(Method::POST, LINK_PATH, welcome::take)
        .get("/desk", Action::WorkTickets, list::show)
        .get(mail::PATH, Action::WorkTickets, mail::show)
        .post("/desk/mail/{id}/{what}", Action::WorkTickets, mail::decide)
        .get(notifications::PATH, Action::WorkTickets, notifications::show)
        .post("/desk/notifications/read", Action::WorkTickets, notifications::read)
        .get("/desk/find", Action::WorkTickets, list::find)
        .get(live::PATH, Action::WorkTickets, live::listen)
        .post("/desk/presence", Action::WorkTickets, live::tell)
        .post("/desk/act", Action::WorkTickets, list::act)
        .post("/desk/next", Action::WorkTickets, list::next)
        .get(new_ticket::PATH, Action::WorkTickets, new_ticket::show)
        .post_files(new_ticket::PATH, Action::WorkTickets, new_ticket::take)
        .get("/desk/tickets/{reference}", Action::WorkTickets, ticket::show)
        .get("/desk/tickets/{reference}/files/{file}", Action::WorkTickets, ticket::send_file)
        .post_files("/desk/tickets/{reference}/reply", Action::WorkTickets, ticket::reply)
        .post_files("/desk/tickets/{reference}/note", Action::WorkTickets, ticket::note)
        .post("/desk/tickets/{reference}/draft", Action::WorkTickets, ticket::save_draft)
        .get("/desk/tickets/{reference}/saved", Action::WorkTickets, ticket::find_saved)
        .get("/desk/tickets/{reference}/articles", Action::WorkTickets, ticket::find_articles)
        .post("/desk/tickets/{reference}/insert", Action::WorkTickets, ticket::insert)
        .post("/desk/tickets/{reference}/undo", Action::WorkTickets, ticket::undo)
        .post("/desk/tickets/{reference}/undo-step", Action::WorkTickets, ticket::undo_step)
        .post("/desk/tickets/{reference}/assign", Action::WorkTickets, ticket::assign)
        .post("/desk/tickets/{reference}/status", Action::WorkTickets, ticket::status)
        .post("/desk/tickets/{reference}/priority", Action::WorkTickets, ticket::priority)
        .post("/desk/tickets/{reference}/tags", Action::WorkTickets, ticket::tags)
        .post("/desk/tickets/{reference}/snooze", Action::WorkTickets, ticket::snooze)
        .post("/desk/tickets/{reference}/correct", Action::WorkTickets, ticket::correct)
        .post("/desk/tickets/{reference}/spam", Action::WorkTickets, ticket::quarantine)
        .post("/desk/tickets/{reference}/release", Action::WorkTickets, ticket::release)
        .get(replies::PATH, Action::WorkTickets, replies::show)
        .get("/desk/replies/{id}", Action::WorkTickets, replies::edit)
        .post_files("/desk/replies/{id}", Action::WorkTickets, replies::take)
        .post("/desk/replies/{id}/delete", Action::WorkTickets, replies::delete)
        .get(me::PATH, Action::OwnAccount, me::show)
        .post("/desk/me/profile", Action::OwnAccount, me::take_profile)
        .post("/desk/me/notifications", Action::OwnAccount, choices::take)
        .post("/desk/me/password", Action::OwnAccount, me::take_password)
        .post("/desk/me/sessions", Action::OwnAccount, sessions::end)
        .get(second_factor::PATH, Action::OwnAccount, second_factor::show)
        .post(second_factor::PATH, Action::OwnSecondFactor, second_factor::take)
        .post("/desk/me/recovery-codes", Action::OwnSecondFactor, second_factor::renew)
        .get(people::PATH, Action::ManagePeople, people::show)
        .post(people::PATH, Action::ManagePeople, people::invite)
        .post("/desk/people/{id}/role", Action::ManagePeople, people::set_role)
        .post("/desk/people/{id}/link", Action::ManagePeople, people::new_link)
        .post("/desk/people/{id}/second-factor", Action::ManagePeople, people::reset_second_factor)
        .post("/desk/people/{id}/disable", Action::ManagePeople, people::disable)
        .get(orders::PATH, Action::ManageOrderAccounts, orders::show)
        .post(orders::PATH, Action::ManageOrderAccounts, orders::connect)
        .post("/desk/orders/accounts/{id}/check", Action::ManageOrderAccounts, orders::check)
        .post("/desk/orders/accounts/{id}/pause", Action::ManageOrderAccounts, orders::pause)
        .post("/desk/orders/accounts/{id}/name", Action::ManageOrderAccounts, orders::rename)
        .post("/desk/orders/accounts/{id}/hottok", Action::ManageOrderAccounts, orders::hottok)
        .post("/desk/orders/accounts/{id}/disconnect", Action::ManageOrderAccounts, orders::disconnect)
        .get("/desk/orders/accounts/{id}/compare", Action::ManageOrderAccounts, orders::show_comparison)
        .post("/desk/orders/accounts/{id}/compare", Action::ManageOrderAccounts, orders::ask_comparison)
        .get(reports::PATH, Action::SeeFigures, reports::first)
        .get("/desk/orders/reports/path", Action::SeeFigures, reports::ask_path)
        .post("/desk/orders/reports/path", Action::SeeFigures, reports::show_path)
        .get("/desk/orders/reports/{what}", Action::SeeFigures, reports::show)
        .get("/desk/orders/reports/{what}/rows", Action::SeeFigures, reports::show_rows)
        .get("/desk/orders/reports/{what}/rows.csv", Action::SeeFigures, reports::send_rows)
        .get(orders::find::PATH, Action::WorkTickets, orders::find::show)
        .post(orders::find::PATH, Action::WorkTickets, orders::find::take)
        .post(orders::contact::PATH, Action::SeeContact, orders::contact::show)
        .get("/desk/settings", Action::ManageSettings, settings::show)
        // What is nothing is nothing for those alone who work here.
        .get("/desk/{*rest}", Action::OwnAccount, failure::not_found)
}

/// The desk, to stand behind the layers that all faces share: what takes small forms, and what takes files.
pub fn routers(app: &App) -> (Router<App>, Router<App>) {
    let routes = routes(app);
    (behind(app, routes.router), behind(app, routes.with_files))
}

/// All routes of the desk, in the order in which they were added.
pub fn list(app: &App) -> Vec<Route> {
    routes(app).listed
}

fn behind(app: &App, router: Router<App>) -> Router<App> {
    router.layer(middleware::from_fn_with_state(app.clone(), failure::layer)).layer(middleware::map_response(never_kept))
}

async fn never_kept(mut response: Response) -> Response {
    response.extensions_mut().insert(CachePolicy::Secret);
    response
}
