// The city's profile as the desk shows it: what the server was started with. It is changed in its files, not here.

import { html, type TemplateResult } from 'lit';
import { SERVICE_LABELS } from '../../../data/service.ts';
import type { DeskStart } from '../../pages/desk-state.ts';

const RIDING = { yes: '可以骑行', no: '不能骑行', unknown: '能不能骑行不知道，不算路' } as const;

export function cityProfile({ city, notice }: DeskStart): TemplateResult {
  return html`<section aria-labelledby="city-title">
      <h2 id="city-title">${city.name}</h2>
      <p class="field-hint">城市档案写在服务器的文件夹里，改了以后重启生效。</p>
      <dl class="facts">
        <dt>标题</dt><dd>${city.title}</dd>
        <dt>底图</dt><dd>${notice}</dd>
        <dt>时速</dt><dd>骑行 ${city.speeds.rideKmh} 公里，步行 ${city.speeds.walkKmh} 公里</dd>
        <dt>设施</dt><dd>${city.services.map((code) => SERVICE_LABELS[code]).join('、')}</dd>
        <dt>区县</dt><dd>${city.districts.map(({ name }) => name).join('、')}</dd>
        <dt>地标</dt><dd>${city.landmarks.map(({ name }) => name).join('、')}</dd>
      </dl>
    </section>
    <section aria-labelledby="crossings-title"><h2 id="crossings-title">过江的桥</h2>
      <table class="table"><caption class="visually-hidden">桥能不能骑行</caption>
        <thead><tr><th scope="col">桥</th><th scope="col">骑行</th></tr></thead>
        <tbody>${city.crossings.map(({ name, ride }) => html`<tr><th scope="row">${name}</th><td>${RIDING[ride]}</td></tr>`)}</tbody></table>
    </section>
    <section aria-labelledby="help-title"><h2 id="help-title">求助电话</h2>
      <dl class="facts">${city.help.map(({ name, number }) => html`<dt>${number}</dt><dd>${name}</dd>`)}</dl>
    </section>`;
}
