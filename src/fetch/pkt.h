/* The packets of git's protocol, and what is said in them about references: protocol version 2's ls-refs, and the list
 * that a server of version 0 or 1 begins with. Everything that comes is taken to be hostile. */
#ifndef MR_FETCH_PKT_H
#define MR_FETCH_PKT_H

#include "base/err.h"
#include "base/str.h"
#include "fetch/ask.h"

enum pkt_kind {
	PKT_DATA,
	PKT_FLUSH,     /* 0000 */
	PKT_DELIMITER, /* 0001 */
	PKT_PART,      /* more has to come first */
	PKT_BROKEN,    /* no such packet */
};

/* Takes the first packet off *in; data without a line feed at its end. */
enum pkt_kind pkt_take(struct slice *in, struct slice *data);

void pkt_add(struct str *out, struct slice data);
void pkt_add_text(struct str *out, const char *text);
void pkt_add_flush(struct str *out);

/* The command ls-refs for a question. */
void pkt_add_ls_refs(struct str *out, const struct ask_question *question);

/* Goes over packets from *at on, which it moves, until one that is none or more has to come: PKT_FLUSH (behind which
 * *at then is), PKT_PART or PKT_BROKEN. */
enum pkt_kind pkt_find_flush(struct slice bytes, size_t *at);

/* What kind of list it is. */
struct refs_kind {
	bool sha256;   /* what ids must be */
	bool version0; /* the list that a server of version 0 or 1 begins with; else the answer to ls-refs */
};

/* Adds the references of a whole list, up to its flush and without anything behind, to the answer; their texts become
 * texts. -1 with a few words when it is no such list, or is what the server says instead ("ERR ..."). Names hold no
 * blanks or control characters; more is not made sure of. */
int refs_parse(struct slice bytes, const struct refs_kind *kind, struct ask_answer *answer, struct args *texts,
	       struct err *err);

#endif
