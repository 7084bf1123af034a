/** Style of the patient's page; inline, because the page loads nothing. */
export const PHONE_STYLE = `
* { box-sizing: border-box; margin: 0; }
body { font: 16px/1.5 -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: #1f2937; background: #eef2f6; min-height: 100vh; display: flex; flex-direction: column;
  max-width: 480px; margin: 0 auto; }
header { background: #0b5cad; color: #fff; padding: 20px 20px 56px; position: relative; }
h1 { font-size: 20px; font-weight: 600; }
header p { font-size: 15px; margin-top: 2px; }
.tag { position: absolute; right: 20px; top: 20px; border: 1px solid #fff; border-radius: 4px; padding: 0 8px; font-size: 14px; }
main { margin-top: -40px; padding: 0 12px 16px; flex: 1; position: relative; }
.card { background: #fff; border-radius: 12px; padding: 8px 16px; margin-bottom: 12px; box-shadow: 0 1px 3px rgb(15 23 42 / .08); }
.top { text-align: center; padding: 20px 16px; }
.mark { width: 56px; height: 56px; line-height: 56px; border-radius: 50%; margin: 0 auto 8px; font-size: 30px; font-weight: 700;
  color: #fff; background: #64748b; }
.good .mark { background: #15803d; } .bad .mark { background: #b91c1c; }
.state { font-size: 18px; font-weight: 600; }
.good .state { color: #15803d; } .bad .state { color: #b91c1c; }
.due { margin-top: 8px; color: #4b5563; }
.due strong { display: block; color: #111827; font-size: 40px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.due small { font-size: 24px; margin-right: 2px; }
.hint { margin-top: 6px; color: #4b5563; font-size: 15px; }
.row { display: flex; justify-content: space-between; gap: 16px; padding: 7px 0; font-variant-numeric: tabular-nums; }
.row > span:first-child { color: #4b5563; flex: none; } .row > span:last-child { text-align: right; overflow-wrap: anywhere; }
.sum { border-bottom: 1px solid #e5e7eb; font-weight: 600; } .sum > span:first-child { color: inherit; }
.own { border-top: 1px solid #e5e7eb; font-weight: 700; font-size: 18px; } .own > span:first-child { color: inherit; }
.own > span:last-child { color: #c2410c; }
.number { font-size: 13px; }
footer { position: sticky; bottom: 0; background: #fff; padding: 12px 16px 16px; border-top: 1px solid #e5e7eb; }
.pair { display: flex; gap: 12px; margin-top: 10px; } .pair form { flex: 1; }
.button { display: block; width: 100%; min-height: 46px; border: 1px solid #94a3b8; border-radius: 10px; background: #fff; color: #1f2937;
  font: inherit; line-height: 44px; text-align: center; text-decoration: none; cursor: pointer; }
.button.main { background: #0b5cad; border-color: #0b5cad; color: #fff; font-size: 18px; font-weight: 600; }
.button:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
`
