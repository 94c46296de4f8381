// Asked before the map is downloaded, so that this file imports nothing.

/** Whether this browser draws WebGL 2, which the map needs. Leaves no drawing context behind. */
export function hasWebGl2(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}
