/** Between the title of a skipped suite and its reason: `needs` writes it, the skip reporter looks for it. */
export const SKIP_MARK = ' — skipped, needs '
