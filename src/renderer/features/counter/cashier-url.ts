/** Only a web page is drawn or linked, whatever the centre sent. */
export function payableUrl(cashierUrl: string | null): string | null {
  return cashierUrl !== null && URL.canParse(cashierUrl) && /^https?:/.test(cashierUrl) ? cashierUrl : null
}
