// Mobile numbers of mainland China, as people write them. Pure.

/** Eleven digits; blanks, hyphens and the country's code are taken off. Undefined when it is no mobile number. */
export function readMobile(text: string): string | undefined {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^(?:\+|00)86/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? digits : undefined;
}

/** 138****1234: enough to know it again, too little to call. */
export function maskMobile(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** The same for any number: a short one shows its last two digits only. */
export function maskPhone(phone: string): string {
  return phone.length >= 10 ? maskMobile(phone) : `****${phone.slice(-2)}`;
}
