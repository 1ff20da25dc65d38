// What a reader does with a page.
import { check } from "./tap.mjs";

export const main = (page) => page.locator("main").innerText();
export const at = (page) => new URL(page.url()).pathname;

export async function says(page, text) {
	const is = await main(page);
	check(is.includes(text), `"${text}" is not on ${page.url()}:\n${is.slice(0, 900)}`);
}

export async function silent(page, text) {
	check(!(await main(page)).includes(text), `"${text}" is on ${page.url()}`);
}

// Clicks on what leads to another page, and is there. A click alone may return before the browser has left, and whoever then
// goes elsewhere takes back the form just sent.
export async function follow(target) {
	await Promise.all([target.page().waitForNavigation(), target.click()]);
}

export const send = (page) => follow(page.locator("main form:not([method=get]) button.btn:not(.alt)").first());
export const step = (page, name) => follow(page.locator(`main a[href$="/lam/${name}"]`).first());
