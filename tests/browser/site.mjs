// A small demonstration site of its own, served by the real program on a port of its own.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

async function answers(url, child) {
	for (let i = 0; i < 200; i++) {
		if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
		try {
			if ((await fetch(`${url}/healthz`)).ok) return;
		} catch {
			// not yet
		}
		await new Promise((r) => setTimeout(r, 50));
	}
	throw new Error("the server does not answer");
}

// The accounts of the demonstration, by login.
function passwords(dir) {
	const lines = readFileSync(join(dir, "passwords.txt"), "utf8").split("\n");
	return Object.fromEntries(lines.map((l) => l.trim().split(/\s+/)).filter((w) => w.length > 2));
}

export async function open() {
	const program = process.env.DINH;
	const home = mkdtempSync(join(tmpdir(), "dinh-browser-"));
	const dir = join(home, "site");
	let child;
	// The server writes as it stops: its folder goes after it.
	const close = async () => {
		if (child?.kill()) await once(child, "exit");
		rmSync(home, { recursive: true, force: true });
	};
	try {
		execFileSync(program, ["demo", "--data", dir, "--scale", "0.05"], { stdio: "ignore" });
		const at = `127.0.0.1:${await freePort()}`;
		child = spawn(program, ["serve", "--data", dir, "--listen", at, "--proxies", "127.0.0.1"], { stdio: "ignore" });
		await answers(`http://${at}`, child);
		return { url: `http://${at}`, passwords: passwords(dir), close };
	} catch (e) {
		await close();
		throw e;
	}
}
