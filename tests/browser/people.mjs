// Who visits: each person is a browser of its own, signed in through the form, without JavaScript.
import { follow } from "./page.mjs";
import { check } from "./tap.mjs";

// Everybody sits at an address of his own, as seen through a proxy: limits of how often one address may send count each of
// them, not all together.
let addresses = 0;

export async function person(browser, site, login) {
	const context = await browser.newContext({
		baseURL: site.url,
		extraHTTPHeaders: { "X-Forwarded-For": `10.0.0.${++addresses}` },
		javaScriptEnabled: false,
		acceptDownloads: true,
		locale: "vi-VN",
		viewport: { width: 360, height: 740 },
	});
	context.setDefaultTimeout(20000);
	const page = await context.newPage();
	if (login) {
		await page.goto("/dang-nhap");
		await page.fill("#login", login);
		await page.fill("#password", site.passwords[login]);
		await follow(page.locator("main button.btn"));
		check(!new URL(page.url()).pathname.startsWith("/dang-nhap"), `${login} could not sign in`);
	}
	// What this person's browser would get, byte for byte. Session cookies are marked Secure, which
	// browsers allow on the loopback and the request client of the library does not.
	const get = async (url) => {
		const cookies = await context.cookies();
		const cookie = cookies.map((c) => `${c.name}=${c.value}`).join("; ");
		return fetch(new URL(url, site.url), { headers: { cookie }, redirect: "manual" });
	};
	return { login: login ?? "visitor", context, page, get };
}
