-- People, how they sign in, and what they are appointed to. Personal data stands apart, so that it
-- can be erased while what people did stays.
CREATE TABLE person (
	id $KEY,
	name $TEXT NOT NULL,
	unit BIGINT REFERENCES unit (id), -- where the person lives or works; whose counter may help
	made_at BIGINT NOT NULL,
	made_by BIGINT,     -- a person; NULL: the person alone, or the program
	made_as BIGINT,     -- the appointment by which it was done
	verified_at BIGINT, -- an official has seen the papers
	verified_by BIGINT,
	verified_as BIGINT
);
CREATE INDEX person_unit ON person (unit, name);

CREATE TABLE person_private (
	person BIGINT PRIMARY KEY REFERENCES person (id),
	phone $TEXT NOT NULL,
	address $TEXT NOT NULL,
	keep_until $TEXT, -- the day after which it is erased; NULL: while the account stands
	changed_at BIGINT NOT NULL,
	changed_by BIGINT
);

CREATE INDEX person_private_keep ON person_private (keep_until);

CREATE TABLE account (
	person BIGINT PRIMARY KEY REFERENCES person (id),
	login $TEXT NOT NULL UNIQUE, -- a phone number or a user name, as login_read makes it
	password $TEXT,              -- Argon2id, encoded; NULL: none set yet
	must_change BIGINT NOT NULL,
	disabled BIGINT NOT NULL,
	totp_secret $BYTES,
	totp_on BIGINT NOT NULL,     -- the secret has been proved by a code
	totp_step BIGINT NOT NULL,   -- of the last code accepted: none is good twice
	generation BIGINT NOT NULL,  -- grows with each change of password; older sessions are over
	made_at BIGINT NOT NULL,
	made_by BIGINT,
	changed_at BIGINT NOT NULL,
	changed_by BIGINT
);

-- Only the hash of a session's id: a stolen copy of the table opens nothing.
CREATE TABLE session (
	hash $BYTES PRIMARY KEY,
	person BIGINT NOT NULL REFERENCES account (person),
	generation BIGINT NOT NULL,
	second_factor BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_seen ON session (seen_at);

-- Codes printed or shown once: to set the first or a new password, and to make the first administrator.
CREATE TABLE one_time_code (
	hash $BYTES PRIMARY KEY,
	purpose $TEXT NOT NULL, -- "password", "setup"
	person BIGINT REFERENCES account (person),
	made_at BIGINT NOT NULL,
	made_by BIGINT,
	made_as BIGINT,
	expires_at BIGINT NOT NULL,
	used_at BIGINT, -- also set when a newer code replaced it
	used BIGINT NOT NULL
);
CREATE INDEX one_time_code_person ON one_time_code (person);

CREATE TABLE appointment (
	id $KEY,
	person BIGINT NOT NULL REFERENCES person (id),
	unit BIGINT NOT NULL REFERENCES unit (id),
	role $TEXT NOT NULL,
	field $TEXT NOT NULL,
	valid_from $TEXT NOT NULL,
	valid_to $TEXT NOT NULL, -- before valid_from: withdrawn before it began
	substitute_of BIGINT REFERENCES appointment (id),
	made_at BIGINT NOT NULL,
	made_by BIGINT,
	ended_at BIGINT,
	ended_by BIGINT
);
CREATE INDEX appointment_person ON appointment (person, valid_to);
CREATE INDEX appointment_unit ON appointment (unit, role, valid_to);
CREATE INDEX appointment_substitute ON appointment (substitute_of);

-- Who opened somebody's personal matter, when and why; shown to the person.
CREATE TABLE personal_view (
	id $KEY,
	dossier BIGINT NOT NULL,
	person BIGINT NOT NULL REFERENCES person (id),
	appointment BIGINT NOT NULL REFERENCES appointment (id),
	reason $TEXT NOT NULL,
	seen_at BIGINT NOT NULL
);
CREATE INDEX personal_view_dossier ON personal_view (dossier, person, seen_at);
