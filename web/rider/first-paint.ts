// Built as a classic script of its own that stands in the head: theme and sizes are known before the first paint, so that
// no light page flashes at night. The content policy allows no inline script, and a module would run after the paint.

import { applyModes, keptModes } from './modes.ts';

applyModes(keptModes());
