//! What stands around the guide on a website: menus, cookie notices, buttons, footers. Only words that are nothing else are known here.

use super::fate::{Aside, Sheet};
use super::mark::{Mark, Row};
use crate::fold::fold;

/// Longer lines are prose.
const LONGEST: usize = 160;

/// Words of menus that could not be an item of a guide.
const MENU: &[&str] = &[
    "skip to content",
    "skip to main content",
    "sign in",
    "log in",
    "login",
    "sign up",
    "log out",
    "sign out",
    "get started",
    "all companies",
    "back to companies",
    "back to all companies",
    "back",
    "menu",
    "share",
    "copy link",
    "print",
    "bookmark",
    "save",
    "show more",
    "show less",
    "read more",
    "see more",
    "view all",
    "see all",
    "expand all",
    "collapse all",
    "back to top",
    "previous",
    "next",
    "subscribe",
    "toggle menu",
    "open menu",
    "close menu",
    "download pdf",
    "edit this page",
    "expand",
    "collapse",
    "start free trial",
    "upgrade",
    "toggle theme",
    "dark mode",
    "on this page",
    "table of contents",
    "contents",
    "in this guide",
    "jump to",
    "advertisement",
    "share on linkedin",
    "share on x",
    "tweet",
];
/// Words that are menus above the guide, or beside other words of menus.
const NAVIGATION: &[&str] = &[
    "home",
    "companies",
    "pricing",
    "blog",
    "about",
    "about us",
    "contact",
    "guides",
    "search",
    "overview",
    "faq",
    "help",
    "courses",
    "resources",
    "products",
    "community",
    "jobs",
    "account",
    "my account",
    "profile",
    "settings",
    "dashboard",
    "interview guides",
    "company guides",
    "explore",
    "browse",
    "topics",
    "categories",
    "roles",
    "practice",
    "coaching",
    "mock interviews",
    "learn",
    "log",
    "notifications",
    "support",
    "questions",
    "salaries",
    "reviews",
    "news",
    "events",
    "tools",
    "library",
    "en",
    "de",
    "english",
    "language",
];
const COOKIES: &[&str] = &[
    "we use cookies",
    "this site uses cookies",
    "this website uses cookies",
    "our site uses cookies",
    "cookies help us",
    "uses cookies to",
    "use of cookies",
    "cookie policy",
    "cookie settings",
    "cookie preferences",
    "cookie notice",
    "cookie consent",
    "cookies and similar",
];
const COOKIE_BUTTONS: &[&str] = &[
    "accept all",
    "reject all",
    "accept",
    "decline",
    "manage preferences",
    "manage cookies",
    "accept cookies",
    "reject non essential",
    "only necessary",
    "necessary only",
    "customize",
    "customise",
    "got it",
    "i agree",
    "accept all cookies",
    "allow all",
    "preferences",
    "essential only",
    "only essential",
];
const FOOTER: &[&str] = &[
    "privacy policy",
    "privacy",
    "terms of service",
    "terms of use",
    "terms",
    "imprint",
    "impressum",
    "legal notice",
    "legal",
    "contact us",
    "all rights reserved",
    "follow us",
    "do not sell my information",
    "accessibility",
    "sitemap",
    "careers",
];

/// Sets aside what is furniture wherever it stands.
pub(super) fn everywhere(rows: &[Row<'_>], sheet: &mut Sheet) {
    let mut notice: Option<usize> = None;
    let mut below = false;
    for row in rows {
        let aside = if let Some(aside) = sign(row) {
            Some(aside)
        } else if row.text.len() > LONGEST * 3 {
            None
        } else {
            let folded = fold(row.text);
            let near = notice.is_some_and(|at| row.at - at <= 8);
            if row.mark == Mark::None && COOKIES.iter().any(|words| folded.contains(words)) {
                notice = Some(row.at);
                Some(Aside::Cookies)
            } else if COOKIE_BUTTONS.contains(&folded.as_str()) && (near || folded.contains("all") || folded.contains("cookies")) {
                Some(Aside::Cookies)
            } else if footer(row, &folded, below) {
                below = true;
                Some(Aside::Footer)
            } else {
                menu(row, &folded).then_some(Aside::Menu)
            }
        };
        if let Some(aside) = aside {
            sheet.aside(row.at, aside);
        }
    }
}

/// Whether a line is a menu, given that it stands above or between the words of one.
pub(super) fn navigation(text: &str) -> bool {
    let known = |text: &str| {
        let folded = fold(text);
        folded.is_empty() || NAVIGATION.contains(&folded.as_str()) || MENU.contains(&folded.as_str()) || FOOTER.contains(&folded.as_str())
    };
    let shown = text.chars().any(char::is_alphanumeric);
    shown && text.len() <= LONGEST && (known(text) || text.split(SEPARATORS).filter(|piece| !piece.trim().is_empty()).all(known))
}

/// What stands between the words of a menu or of a breadcrumb.
pub(super) const SEPARATORS: [char; 7] = ['|', '·', '•', '>', '›', '»', '/'];

fn sign(row: &Row<'_>) -> Option<Aside> {
    if row.text.is_empty() {
        return (!matches!(row.mark, Mark::Number(_))).then_some(Aside::Decoration);
    }
    if matches!(row.text, "x" | "X" | "×" | "✕" | "✖" | "⨯" | "+" | "▼" | "▾" | "⌄") {
        return Some(Aside::Button);
    }
    let decoration = row.text.chars().all(|sign| sign.is_ascii_punctuation() || sign.is_whitespace() || "─━═—–•·…".contains(sign));
    decoration.then_some(Aside::Decoration)
}

fn footer(row: &Row<'_>, folded: &str, below: bool) -> bool {
    let owner = row.text.starts_with('©')
        || folded.starts_with("copyright 2")
        || folded.starts_with("c 20")
        || folded.contains("all rights reserved");
    let links = || row.text.split(SEPARATORS).filter(|piece| !piece.trim().is_empty()).all(|piece| FOOTER.contains(&fold(piece).as_str()));
    row.mark == Mark::None && row.text.len() <= LONGEST && (owner || (!row.text.is_empty() && links()) || (below && navigation(row.text)))
}

fn menu(row: &Row<'_>, folded: &str) -> bool {
    if row.text.len() > LONGEST || matches!(row.mark, Mark::Number(_) | Mark::Depth(_)) {
        return false;
    }
    let several = row.mark == Mark::None && row.text.split(SEPARATORS).filter(|piece| !piece.trim().is_empty()).count() > 2;
    let more = folded.split(' ').count() <= 4
        && ["show ", "see ", "view "].iter().any(|start| folded.starts_with(start))
        && folded.ends_with(" more");
    MENU.contains(&folded) || more || (several && navigation(row.text))
}
