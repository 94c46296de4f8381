/** Pixels of the map that something else covers, at each side. */
export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Pixels from a pin's middle to the edge of what can be seen: a selected pin with its ring, and a little more. */
const PIN_REACH = 40;

/** Whether a pin at these pixels can be seen whole, beside what covers the map. */
export function isInSight(
  at: { x: number; y: number },
  size: { width: number; height: number },
  padding: Padding,
): boolean {
  return (
    at.x >= padding.left + PIN_REACH &&
    at.x <= size.width - padding.right - PIN_REACH &&
    at.y >= padding.top + PIN_REACH &&
    at.y <= size.height - padding.bottom - PIN_REACH
  );
}
