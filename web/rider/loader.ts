// Brings the data: from the server, and from what the phone keeps while the server is away or slow.

import { type CoreDocument, readCore } from '../../data/core.ts';
import { presetWallClock } from '../../data/wall-clock.ts';
import { ClientError, getBytes, getJson, getTimed, readJson } from '../client.ts';
import type { Manifest } from '../pages/start-state.ts';
import type { Schematic } from '../pages/surroundings.ts';
import { breath, pause } from './breath.ts';
import type { ServerClock } from './clock.ts';
import { Finder } from './finder.ts';
import type { RiderState } from './rider-state.ts';

/** So long the network may take before the kept data is shown. */
const PATIENCE_MS = 3000;
const FIRST_RETRY_MS = 5000;
const REFRESH_MS = 5 * 60_000;
/** The rider looks at the answer, or taps: what can wait begins after this. */
const LOOK_MS = 2000;

export interface LoaderHost {
  /** There are new data: rank anew. Ends when the answer is on the screen. */
  loaded(): Promise<void>;
  /** Ends when nothing is being fetched that somebody waits for. */
  settled(): Promise<unknown>;
  /** There are none at all, neither from the server nor kept. */
  sayLoadFailed(): void;
  requestUpdate(): void;
}

export class Loader {
  private readonly _state: RiderState;
  private readonly _clock: ServerClock;
  private readonly _host: LoaderHost;
  private _version = '';
  private _running: Promise<unknown> = Promise.resolve();
  private _waiting: Promise<void> | undefined;
  /** What is being read at the moment. */
  private _taking: CoreDocument | null = null;
  private _showing: Promise<void> | undefined;
  private _isDrawing = false;
  private _isLinked = false;
  private _retryMs = FIRST_RETRY_MS;
  private _timer: ReturnType<typeof setTimeout> | undefined;

  constructor(state: RiderState, clock: ServerClock, host: LoaderHost) {
    this._state = state;
    this._clock = clock;
    this._host = host;
  }

  /** Asks the server, and from then on every few minutes; sooner again while it cannot be reached. */
  load(): Promise<void> {
    // Whoever asks while it is under way wants what is newer than that.
    this._waiting ??= this._running.then(() => {
      this._waiting = undefined;
      const run = this._load();
      this._running = run.catch(() => undefined);
      return run;
    });
    return this._waiting;
  }

  private async _load(): Promise<void> {
    const state = this._state;
    const showKept = () => {
      state.isSlow = true;
      void this._showKept();
    };
    const kept = state.finder ? undefined : setTimeout(showKept, this._patienceMs);
    try {
      await this._refresh();
      this._retryMs = FIRST_RETRY_MS;
      state.hasLoadError = false;
      state.isOnline = true;
      state.isSlow = false;
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      state.isOnline = error.reason === 'server';
      state.hasLoadError = state.isOnline;
      state.isSlow = false;
      if (!state.finder) await this._showKept();
      if (!state.finder) this._host.sayLoadFailed();
    } finally {
      clearTimeout(kept);
    }
    clearTimeout(this._timer);
    const isAnswered = state.isOnline && !state.hasLoadError;
    this._timer = setTimeout(() => void this.load(), isAnswered ? REFRESH_MS : this._retryMs);
    if (!isAnswered) this._retryMs = Math.min(this._retryMs * 2, REFRESH_MS);
    this._host.requestUpdate();
    if (state.finder && state.schematic.length === 0) void this._loadSchematic();
    this._linkWorker();
  }

  /** Nobody waits for the worker that keeps the app: the answer comes first. */
  private _linkWorker(): void {
    const { later, start } = this._state;
    if (this._isLinked || !later) return;
    this._isLinked = true;
    later.linkWorker(start, () => {
      this._state.hasNewBuild = true;
      this._host.requestUpdate();
    });
  }

  /** For the pages of places; once for each version of the data. */
  async loadDetails(): Promise<void> {
    const state = this._state;
    const { later } = state;
    if (state.details || !later) return;
    const version = this._version;
    const { manifest } = state.start;
    if (state.placeId === null) {
      // Kept beside the core, for when there is no network; read when a page wants them.
      await pause(LOOK_MS);
      await this._host.settled();
      if (version === this._version) await later.bringDetails(version, manifest?.detailsUrl);
      return;
    }
    const details = await later.haveDetails(version, manifest?.detailsUrl, this._clock.isKnown);
    if (version !== this._version) return;
    state.details = details;
    this._host.requestUpdate();
  }

  private get _patienceMs(): number {
    return this._state.start.manifest === null ? 0 : PATIENCE_MS;
  }

  private async _refresh(): Promise<void> {
    const state = this._state;
    let manifest = state.finder ? null : state.start.manifest;
    if (manifest === null) {
      const answer = await getTimed<Manifest>('/api/snapshot');
      if (answer.serverMs !== null) this._clock.hear(answer.serverMs);
      manifest = answer.body;
    }
    state.start = { ...state.start, manifest };
    // It is small, and mostly here before the core: then the picture is drawn once.
    void this._loadSchematic();
    if (manifest.version !== this._version || !state.isClockKnown) {
      // A place's page that shows its details keeps them under the finger: the new ones come together with the core.
      const details = state.details ? state.later?.haveDetails(manifest.version, manifest.detailsUrl, true) : undefined;
      const [bytes, fresh] = await Promise.all([getBytes(manifest.coreUrl), details, this._loadLater()]);
      if ((await this._take(readJson<CoreDocument>(bytes), this._clock.now())) && fresh) state.details = fresh;
      void state.later?.keepCore(bytes, state.checkedAtMs);
      void this.loadDetails();
    } else {
      state.checkedAtMs = this._clock.now();
      void state.later?.keepChecked(state.checkedAtMs);
    }
  }

  /** While the server is away or slow. Both may ask for it: whoever waits for it waits until it is shown. */
  private _showKept(): Promise<void> {
    this._showing ??= this._takeKept().finally(() => {
      this._showing = undefined;
    });
    return this._showing;
  }

  private async _takeKept(): Promise<void> {
    const state = this._state;
    try {
      const later = await this._loadLater();
      const kept = await later.readKeptCore();
      if (!kept || state.finder || this._taking) return;
      this._clock.recall(kept.had);
      const shown = this._clock.isKnown ? kept.document : later.withoutSchedule(kept.document);
      if (!(await this._take(shown, kept.had.serverMs))) return;
      void this.loadDetails();
      void this._loadSchematic();
    } catch (error) {
      // Without the screens there is nothing to show it with: the server's page stays.
      if (!(error instanceof ClientError)) throw error;
    }
  }

  /** In steps, between which the phone can answer a finger: on a cheap one each takes a twentieth of a second. */
  private async _take(document: CoreDocument, checkedAtMs: number): Promise<boolean> {
    const state = this._state;
    this._taking = document;
    presetWallClock(document.city.timezone, document.offsetSteps);
    await breath();
    const core = readCore(document);
    await breath();
    const finder = new Finder(core, state.finder);
    await breath();
    // Newer data have come meanwhile.
    if (this._taking !== document) return false;
    this._taking = null;
    state.finder = finder;
    state.later?.keeping.takeSeason(state);
    state.details = null;
    state.checkedAtMs = checkedAtMs;
    state.isClockKnown = this._clock.isKnown;
    this._version = document.version;
    await this._host.loaded();
    return true;
  }

  /** @throws ClientError when they could not be fetched */
  private async _loadLater(): Promise<NonNullable<RiderState['later']>> {
    const state = this._state;
    try {
      const later = await import('./later-screens.ts');
      if (!state.later) {
        state.later = later;
        later.keeping.startKeeping(state, () => this._host.requestUpdate());
      }
      return later;
    } catch {
      throw new ClientError('network', 'the other screens could not be fetched');
    }
  }

  private async _loadSchematic(): Promise<void> {
    const { schematicUrl } = this._state.start;
    if (schematicUrl === null || this._isDrawing || this._state.schematic.length > 0) return;
    this._isDrawing = true;
    try {
      this._state.schematic = (await getJson<{ features: Schematic }>(schematicUrl)).features;
      this._host.requestUpdate();
    } catch (error) {
      // The picture stays plain; the answer does not need it.
      if (!(error instanceof ClientError)) throw error;
    } finally {
      this._isDrawing = false;
    }
  }
}
