// The way in to the desk. Rooms are fetched when they are first entered (`rooms.ts`).

import { DeskApp } from './desk-app.ts';

customElements.define('yz-desk', DeskApp);
