//! What of the list is asked for: parts of its address, each parsed on its own; what means nothing is passed over.

use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::App;
use crate::i18n::Lang;
use crate::orders::Product;
use crate::orders::status::Class;
use crate::staff::Member;
use crate::tickets::model::list::{Cursor, Filter, SaleFilter, View};
use crate::tickets::model::{Priority, Tag};
use crate::web::form;

const AGES_DAYS: [u16; 4] = [1, 7, 30, 90];
/// An id or a name of a folder.
const WORD_MAX_CHARS: usize = 80;

/// A page of the list as its address names it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) view: View,
    pub(super) filter: Filter,
    pub(super) after: Option<Cursor>,
}

impl Asked {
    /// `first`: the view where none is named.
    pub(super) fn parse(pairs: &[(String, String)], first: View) -> Self {
        let field = |name: &str| form::value(pairs, name).map(str::trim).filter(|value| !value.is_empty());
        let word = |name: &str| field(name).filter(|value| value.chars().count() <= WORD_MAX_CHARS && !value.contains('\0')).map(str::to_owned);
        let days = |name: &str| field(name).and_then(|days| days.parse().ok()).filter(|days| *days > 0);
        let filter = Filter {
            reason: word("reason"),
            section: word("section"),
            lang: field("lang").and_then(Lang::parse),
            priority: field("priority").and_then(Priority::parse),
            tag: field("tag").and_then(|tag| Tag::parse(tag).ok()),
            assignee: word("assignee").map(|id| if id == "none" { String::new() } else { id }),
            is_verified: match field("verified") {
                Some("yes") => Some(true),
                Some("no") => Some(false),
                _ => None,
            },
            max_age_days: days("age"),
            sale: SaleFilter {
                class: field("sale").and_then(Class::parse).map(|class| class.word().to_owned()),
                product: word("product"),
                max_age_days: days("bought"),
            },
        };
        let view = field("view").and_then(View::parse).unwrap_or(first);
        Self { view, filter, after: field("after").and_then(Cursor::parse) }
    }

    pub(super) fn filter_is_empty(&self) -> bool {
        self.filter == Filter::default()
    }

    /// The address of this view and filter, from a place on.
    pub(super) fn address(&self, after: Option<&Cursor>) -> String {
        let mut parts = vec![("view", self.view.word().to_owned())];
        parts.extend(self.fields().into_iter().filter(|(_, value)| !value.is_empty()));
        parts.extend(after.map(|after| ("after", after.to_string())));
        let encoded = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
        let query: Vec<_> = parts.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        format!("/desk?{}", query.join("&"))
    }

    /// Each filter as it stands in the address; empty where nothing is chosen.
    fn fields(&self) -> [(&'static str, String); 11] {
        let filter = &self.filter;
        let verified = filter.is_verified.map_or("", |is_verified| if is_verified { "yes" } else { "no" });
        let assignee = filter.assignee.clone().map(|id| if id.is_empty() { "none".to_owned() } else { id });
        let days = |days: Option<u16>| days.map(|days| days.to_string()).unwrap_or_default();
        [
            ("reason", filter.reason.clone().unwrap_or_default()),
            ("section", filter.section.clone().unwrap_or_default()),
            ("lang", filter.lang.map_or("", Lang::code).to_owned()),
            ("priority", filter.priority.map_or("", Priority::word).to_owned()),
            ("tag", filter.tag.as_ref().map(|tag| tag.as_str().to_owned()).unwrap_or_default()),
            ("assignee", assignee.unwrap_or_default()),
            ("verified", verified.to_owned()),
            ("age", days(filter.max_age_days)),
            // Last: without sales they are not shown.
            ("sale", filter.sale.class.clone().unwrap_or_default()),
            ("product", filter.sale.product.clone().unwrap_or_default()),
            ("bought", days(filter.sale.max_age_days)),
        ]
    }
}

/// What can be chosen: values with their names.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    reasons: Vec<(String, String)>,
    sections: Vec<(String, String)>,
    members: Vec<(String, String)>,
    /// `None`: no account is connected.
    products: Option<Vec<(String, String)>>,
}

impl Choices {
    pub(super) fn new(app: &App, lang: Lang, members: &[Member], products: Option<Vec<Product>>) -> Self {
        let library = app.content.library();
        Self {
            reasons: library.reasons.iter().map(|reason| (reason.id.clone(), reason.texts[lang].title.clone())).collect(),
            sections: library.sections.iter().map(|section| (section.id.clone(), section.texts[lang].title.clone())).collect(),
            members: members.iter().map(|member| (member.id.clone(), member.name.clone())).collect(),
            products: products.map(|products| products.into_iter().map(|product| (product.id, product.name)).collect()),
        }
    }
}

impl Choices {
    pub(super) fn members(&self) -> &[(String, String)] {
        &self.members
    }
}

/// The filters, folded while none is in use.
pub(super) fn form(lang: Lang, asked: &Asked, choices: &Choices) -> AnyView {
    let words = lang.desk_list();
    let text = |value: &'static str, name: &str| (value.to_owned(), name.to_owned());
    let mut members = vec![text("none", words.nobody)];
    members.extend(choices.members.iter().cloned());
    let langs = Lang::ALL.map(|lang| (lang.code().to_owned(), lang.own_name().to_owned())).to_vec();
    let priorities = vec![text("high", words.high), text("normal", words.normal), text("low", words.low)];
    let ages: Vec<(String, String)> = AGES_DAYS
        .map(|days| (days.to_string(), if days == 1 { words.one_day.to_owned() } else { words.days.replace("{count}", &days.to_string()) }))
        .to_vec();
    let lists = [
        (words.reason, choices.reasons.clone()),
        (words.section, choices.sections.clone()),
        (words.lang, langs),
        (words.priority, priorities),
        (words.tag, Vec::new()),
        (words.assignee, members),
        (words.verified, vec![text("yes", words.is_verified), text("no", words.not_verified)]),
        (words.age, ages.clone()),
    ];
    let classes = Class::ALL.iter().filter_map(|class| Some((class.word().to_owned(), lang.sale_class(class.word())?.to_owned()))).collect();
    let of_sales = choices.products.clone().map(|products| [(words.sale, classes), (words.product, products), (words.bought, ages)]);
    let lists = lists.into_iter().chain(of_sales.into_iter().flatten());
    let fields = asked.fields().into_iter().zip(lists).map(|((name, value), (label, options))| field(name, label, &value, options, words.any));
    let clear = (!asked.filter_is_empty()).then(|| view! { <a class="button" href=format!("/desk?view={}", asked.view.word())>{words.clear}</a> });
    view! {
        <details class="desk-filters" open=!asked.filter_is_empty()>
            <summary>{words.filter}</summary>
            <form action="/desk">
                <input type="hidden" name="view" value=asked.view.word() />
                {fields.collect_view()}
                <div class="button-row"><button class="button" type="submit">{words.apply}</button> {clear}</div>
            </form>
        </details>
    }
    .into_any()
}

fn field(name: &'static str, label: &'static str, value: &str, options: Vec<(String, String)>, any: &'static str) -> AnyView {
    let id = format!("filter-{name}");
    let control = if options.is_empty() {
        view! { <input class="input" id=id.clone() name=name value=value.to_owned() maxlength=WORD_MAX_CHARS.to_string() /> }.into_any()
    } else {
        let options = options.into_iter().map(|(key, title)| {
            let is_chosen = key == value;
            view! { <option value=key selected=is_chosen>{title}</option> }
        });
        view! { <span class="select"><select class="input" id=id.clone() name=name><option value="">{any}</option>{options.collect_view()}</select></span> }
            .into_any()
    };
    view! { <div class="field"><label class="label" for=id>{label}</label>{control}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_and_what_means_nothing_is_passed_over() {
        let pairs = form::pairs(
            b"view=overdue&reason=payment&lang=es&priority=high&tag=Refund&assignee=none&verified=no&age=7&section=buyer&sale=paid&product=7000001&bought=30&after=12.abc",
        );
        let asked = Asked::parse(&pairs, View::Mine);
        let query = asked.address(asked.after.as_ref());
        let again = Asked::parse(&form::pairs(query.split_once('?').expect("a query").1.as_bytes()), View::Mine);
        assert_eq!((again.view, &again.filter, &again.after), (View::Overdue, &asked.filter, &asked.after));
        assert_eq!(asked.filter.assignee.as_deref(), Some(""));
        let nothing = Asked::parse(
            &form::pairs(b"view=x&lang=fr&priority=urgent&tag=a+b&verified=maybe&age=-1&after=%27&reason=%00&sale=PAID&bought=0&product=%00"),
            View::Mine,
        );
        assert!(nothing.filter_is_empty() && nothing.after.is_none() && nothing.view == View::Mine, "{nothing:?}");
    }
}
