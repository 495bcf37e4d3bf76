/* See query.h. */
#include "fetch/query.h"

#include "base/frame.h"
#include "fetch/pkt.h"

#include <stdlib.h>

enum { FIRST_BACKOFF_MS = 250, MOST_DOUBLINGS = 6 };

struct query *query_new(uint64_t id, struct slice bytes, struct str *replies)
{
	struct query *query = mem_calloc(1, sizeof *query);
	query->id = id;
	query->replies = replies;
	str_add_slice(&query->bytes, bytes);
	if (ask_decode_question(&query->question, str_slice(&query->bytes)))
		return query;
	ask_question_release(&query->question);
	str_release(&query->bytes);
	free(query);
	return NULL;
}

char *query_one_line(struct slice words)
{
	char *line = mem_dup(words.ptr, words.len);
	for (char *c = line; *c; c++) {
		if (*c == '\n' || *c == '\r')
			*c = ' ';
	}
	return line;
}

void query_answer(struct query *query, const struct ask_answer *answer)
{
	struct str body = STR_INIT;
	ask_encode_answer(&body, answer);
	frame_add(query->replies, query->id, str_slice(&body));
	str_release(&body);
	ask_question_release(&query->question);
	str_release(&query->bytes);
	free(query);
}

void query_fail(struct query *query, enum ask_kind kind, enum failure reason, const char *message)
{
	query_answer(query,
		     &(struct ask_answer){.kind = kind, .reason = reason, .message = message, .share = query->share});
}

void query_answer_list(struct query *query, struct slice bytes, bool version0)
{
	const struct refs_kind kind = {.sha256 = query->question.sha256, .version0 = version0};
	struct ask_answer answer = {.kind = ASK_REFS, .share = query->share};
	struct args texts = ARGS_INIT;
	struct err err = ERR_INIT;
	if (refs_parse(bytes, &kind, &answer, &texts, &err))
		query_fail(query, ASK_UNKNOWN, FAILURE_OTHER, err_text(&err));
	else
		query_answer(query, &answer);
	ask_answer_release(&answer);
	args_release(&texts);
	err_release(&err);
}

msec query_backoff(unsigned failures)
{
	msec base = (msec)FIRST_BACKOFF_MS << (failures < MOST_DOUBLINGS ? failures : MOST_DOUBLINGS);
	return base / 2 + (msec)(random() % (long)base);
}

void query_queue_add(struct query_queue *queue, struct query *query)
{
	query->next = NULL;
	if (queue->last)
		queue->last->next = query;
	else
		queue->first = query;
	queue->last = query;
}

void query_queue_add_first(struct query_queue *queue, struct query *query)
{
	query->next = queue->first;
	queue->first = query;
	if (!queue->last)
		queue->last = query;
}

struct query *query_queue_take(struct query_queue *queue)
{
	struct query *query = queue->first;
	if (!query)
		return NULL;
	queue->first = query->next;
	if (!queue->first)
		queue->last = NULL;
	query->next = NULL;
	return query;
}

void query_queue_fail(struct query_queue *queue, enum ask_kind kind, enum failure reason, const char *message)
{
	struct query *query;
	while ((query = query_queue_take(queue)))
		query_fail(query, kind, reason, message);
}

void query_queue_expire(struct query_queue *queue, msec now)
{
	struct query_queue kept = {0};
	struct query *query;
	while ((query = query_queue_take(queue))) {
		if (query->deadline > now)
			query_queue_add(&kept, query);
		else
			query_fail(query, ASK_UNKNOWN, FAILURE_TIMEOUT, "its turn did not come in time");
	}
	*queue = kept;
}
