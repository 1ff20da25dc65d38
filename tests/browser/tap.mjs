// TAP, one point a test; what a test found stands behind it as comments.
let points = 0;
let bad = 0;

export function point(name, faults = []) {
	points++;
	if (faults.length) bad++;
	console.log(`${faults.length ? "not ok" : "ok"} ${points} - ${name.replaceAll("#", "")}`);
	for (const fault of faults) console.log(`# ${String(fault).replaceAll("\n", "\n# ")}`);
}

// Runs what a person does; the first thing that does not go as written is the fault.
export async function story(name, tell) {
	try {
		await tell();
		point(name);
		return true;
	} catch (e) {
		point(name, [e.message.split("\n").slice(0, 12).join("\n")]);
		return false;
	}
}

export function check(holds, what) {
	if (!holds) throw new Error(what);
}

export function plan() {
	console.log(`1..${points}`);
	return bad === 0;
}
