// <yz-desk-settings>: the room 设置. Who one is, and for those who run the desk: who else is there, and what is told to all.

import { html, type TemplateResult } from 'lit';
import type { Role } from '../../../data/account.ts';
import { RoomElement } from '../desk-element.ts';
import './announcements.ts';
import { cityProfile } from './city-profile.ts';
import './invitations.ts';
import './keys.ts';
import './my-account.ts';
import './people.ts';

interface Section {
  name: string;
  label: string;
  roles: readonly Role[];
}

const EVERYBODY = ['admin', 'curator', 'grid-worker', 'keeper', 'merchant'] as const;
const SECTIONS: readonly Section[] = [
  { name: '', label: '我的账号', roles: EVERYBODY },
  { name: 'people', label: '同事', roles: ['admin', 'curator'] },
  { name: 'announcements', label: '公告', roles: ['admin', 'curator'] },
  { name: 'keys', label: '程序钥匙', roles: ['admin'] },
  { name: 'city', label: '城市档案', roles: ['admin', 'curator'] },
];

export class Settings extends RoomElement {
  protected override render(): TemplateResult {
    const { role } = this.desk.account;
    const sections = SECTIONS.filter(({ roles }) => roles.includes(role));
    const here = sections.find(({ name }) => name === (this.item ?? '')) ?? sections[0];
    return html`<main id="main" class="desk-room">
      <header class="room-top"><h1 tabindex="-1">设置</h1>
        <nav class="tabs" aria-label="设置">${sections.map(
          (each) =>
            html`<a class="desk-chip" href="/desk/settings${each.name ? `/${each.name}` : ''}" aria-current=${each === here ? 'true' : 'false'}>${each.label}</a>`,
        )}</nav></header>
      <div class="page-flow" tabindex="-1">${this.#renderSection(here?.name ?? '')}</div>
    </main>`;
  }

  #renderSection(name: string): TemplateResult {
    const { desk } = this;
    switch (name) {
      case 'people':
        return html`<yz-desk-people .desk=${desk}></yz-desk-people><yz-desk-invitations .desk=${desk}></yz-desk-invitations>
          ${desk.account.role === 'admin' ? html`<yz-desk-pending-acts .desk=${desk}></yz-desk-pending-acts>` : ''}`;
      case 'announcements':
        return html`<yz-desk-announcements .desk=${desk}></yz-desk-announcements>`;
      case 'keys':
        return html`<yz-desk-keys .desk=${desk}></yz-desk-keys>`;
      case 'city':
        return cityProfile(desk.start);
      default:
        return html`<yz-desk-my-account .desk=${desk}></yz-desk-my-account>`;
    }
  }
}

customElements.define('yz-desk-settings', Settings);
