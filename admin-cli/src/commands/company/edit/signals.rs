//! Ctrl-C belongs to the editor while it is open: the terminal sends it to both. At a question it ends this program, and says where the text is.

use std::sync::atomic::{AtomicBool, Ordering};

static EDITING: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C leaves the editor alone, and never ends this program without a word.
pub(super) fn keep_the_text(place: String) {
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if !EDITING.load(Ordering::SeqCst) {
                crate::ui::trace(&format!("\nerror[JOB-001]: stopped; your text is in {place}\n  next: greenroom status"));
                std::process::exit(130);
            }
        }
    });
}

/// Runs the editor.
pub(super) fn while_editing<T>(edit: impl FnOnce() -> T) -> T {
    EDITING.store(true, Ordering::SeqCst);
    let back = edit();
    EDITING.store(false, Ordering::SeqCst);
    back
}
