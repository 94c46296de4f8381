// <yz-desk-scene-editor>: the gates of a friendly scene with who may pass and when, and its buildings. Says
// `scene-changed` {field, value}.

import { html, nothing, type TemplateResult } from 'lit';
import {
  GATE_CREDENTIAL_LABELS,
  GATE_CREDENTIALS,
  GATE_VEHICLE_LABELS,
  GATE_VEHICLES,
  type GateCredential,
  type GateVehicle,
} from '../../../data/place.ts';
import type { Gate, GateRule } from '../../../data/place-schema.ts';
import { DeskElement } from '../desk-element.ts';
import { button, choiceField, field, textField } from '../pieces.ts';

interface Building {
  name: string;
  units: string[];
  point: [number, number] | null;
}

const VEHICLES = GATE_VEHICLES.map((value) => ({ value, label: GATE_VEHICLE_LABELS[value] }));
const CREDENTIALS = GATE_CREDENTIALS.map((value) => ({ value, label: GATE_CREDENTIAL_LABELS[value] }));
const NEW_RULE: GateRule = {
  vehicle: 'ebike',
  hoursOsm: null,
  credential: 'none',
  severeWeather: false,
  speedLimitKmh: null,
};

export class SceneEditor extends DeskElement {
  static override properties = {
    gates: { attribute: false },
    buildings: { attribute: false },
    errors: { attribute: false },
  };

  declare gates: readonly Gate[];
  declare buildings: readonly Building[];
  /** By field id. */
  declare errors: Readonly<Record<string, string>>;

  constructor() {
    super();
    this.gates = [];
    this.buildings = [];
    this.errors = {};
  }

  protected override render(): TemplateResult {
    const lines = (this.buildings ?? []).map(({ name, units }) =>
      units.length > 0 ? `${name}：${units.join('、')}` : name,
    );
    return html`<fieldset id="f-gates" tabindex="-1"><legend>大门</legend>
        ${this.errors['f-gates'] === undefined ? nothing : html`<p class="field-error">${this.errors['f-gates']}</p>`}
        ${(this.gates ?? []).map((gate, at) => this.#renderGate(gate, at))}
        ${button({ label: '加一个门', icon: 'plus', onPress: () => this.#giveGates([...(this.gates ?? []), { name: '', point: null, rules: [NEW_RULE] }]) })}
      </fieldset>
      ${field({
        id: 'f-buildings',
        label: '楼栋',
        error: this.errors['f-buildings'],
        hint: '一行一栋，单元写在冒号后面：3 号楼：1 单元、2 单元',
        control: html`<textarea id="f-buildings" class="input" .value=${lines.join('\n')} @change=${this.#onBuildings}></textarea>`,
      })}`;
  }

  #renderGate(gate: Gate, at: number): TemplateResult {
    const id = (part: string) => `f-gates-${at}-${part}`;
    const give = (change: Partial<Gate>) =>
      this.#giveGates(this.gates.map((each, i) => (i === at ? { ...each, ...change } : each)));
    return html`<div class="exception">
      <div class="line">
        ${textField({ id: id('name'), label: '哪个门', value: gate.name, error: this.errors[id('name')], onInput: (name) => give({ name }) })}
        ${button({ label: '去掉这个门', kind: 'quiet', icon: 'close', onPress: () => this.#giveGates(this.gates.filter((_, i) => i !== at)) })}
      </div>
      ${gate.rules.map((rule, index) =>
        this.#renderRule(rule, `f-gates-${at}-rules-${index}`, (change) =>
          give({
            rules:
              change === null
                ? gate.rules.filter((_, i) => i !== index)
                : gate.rules.map((each, i) => (i === index ? { ...each, ...change } : each)),
          }),
        ),
      )}
      ${button({ label: '加一条规则', kind: 'quiet', icon: 'plus', onPress: () => give({ rules: [...gate.rules, NEW_RULE] }) })}
    </div>`;
  }

  #renderRule(rule: GateRule, id: string, give: (change: Partial<GateRule> | null) => void): TemplateResult {
    const limit = rule.speedLimitKmh;
    const number = (text: string) => (text.trim() === '' ? null : Number(text));
    return html`<div class="fields-row">
      ${choiceField({ id: `${id}-vehicle`, label: '怎么进', value: rule.vehicle, choices: VEHICLES, onChange: (vehicle) => give({ vehicle: vehicle as GateVehicle }) })}
      ${choiceField({ id: `${id}-credential`, label: '凭什么', value: rule.credential, choices: CREDENTIALS, onChange: (credential) => give({ credential: credential as GateCredential }) })}
      ${textField({ id: `${id}-hoursOsm`, label: '几时', value: rule.hoursOsm ?? '', hint: '空着是全天', error: this.errors[`${id}-hoursOsm`], onInput: (text) => give({ hoursOsm: text.trim() || null }) })}
      ${textField({ id: `${id}-speedLimitKmh`, label: '限速（公里/时）', inputmode: 'numeric', value: limit === null ? '' : String(limit), error: this.errors[`${id}-speedLimitKmh`], onInput: (text) => give({ speedLimitKmh: number(text) }) })}
      <label class="check"><input type="checkbox" .checked=${rule.severeWeather} @change=${(event: Event) => give({ severeWeather: (event.target as HTMLInputElement).checked })} />恶劣天气随时放行</label>
      ${button({ label: '去掉', kind: 'quiet', onPress: () => give(null) })}
    </div>`;
  }

  #giveGates(gates: Gate[]): void {
    this.gates = gates;
    this.say('scene-changed', { field: 'gates', value: gates });
  }

  readonly #onBuildings = (event: Event): void => {
    const known = new Map(this.buildings.map((each) => [each.name, each.point]));
    const value = (event.target as HTMLTextAreaElement).value
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line): Building => {
        const [name = '', units = ''] = line.split(/[：:]/);
        const list = units.split(/[、,，]/).map((each) => each.trim());
        return { name: name.trim(), units: list.filter(Boolean), point: known.get(name.trim()) ?? null };
      });
    this.say('scene-changed', { field: 'buildings', value });
  };
}

customElements.define('yz-desk-scene-editor', SceneEditor);
