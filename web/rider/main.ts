// The way in to the rider's app.

import { RiderApp } from './rider-app.ts';

customElements.define('yz-rider', RiderApp);
