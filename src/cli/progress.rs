//! Progress on stderr. 1,200 articles of a 40 MB folder → `[###----] 30 % 1200 articles, 12 MB of 40 MB, 6 MB/s, 5 s left`.

use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// A display of how far the work has come; indicatif keeps it silent when stderr is not a terminal.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    what: &'static str,
    done: u64,
}

impl Progress {
    /// A display below which warnings and notes may be printed.
    pub(super) fn new(bars: &MultiProgress, what: &'static str, total_bytes: Option<u64>) -> Self {
        let template = match total_bytes {
            Some(_) => "[{bar:30}] {percent} % {msg}, {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}, {eta} left",
            None => "{spinner} {msg}, {binary_bytes}, {binary_bytes_per_sec}, {elapsed}",
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("##-");
        let bar = bars.add(total_bytes.map_or_else(ProgressBar::new_spinner, ProgressBar::new));
        bar.set_style(style);
        bar.enable_steady_tick(Duration::from_millis(200));
        let progress = Self { bar, what, done: 0 };
        progress.show();
        progress
    }

    /// A display that shows nothing.
    pub(super) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), what: "", done: 0 }
    }

    /// Counts `items` more as done, with `bytes` of the input read so far in all.
    pub fn advance(&mut self, items: usize, bytes: u64) {
        self.done += items as u64;
        self.bar.set_position(bytes);
        self.show();
    }

    fn show(&self) {
        self.bar.set_message(format!("{} {}", self.done, self.what));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
