/* Bytes of two streams, given back in the order in which they came. */
#include "fixture.h"

#include "run/capture.h"

static void assert_next(struct capture *capture, enum stream stream, const char *bytes)
{
	enum stream found;
	struct slice next;
	assert_true(capture_peek(capture, &found, &next));
	assert_int_equal(found, stream);
	assert_true(slice_is(next, bytes));
}

static void test_order(MR_UNUSED void **state)
{
	struct capture capture = CAPTURE_INIT;
	enum stream stream;
	struct slice bytes;
	assert_false(capture_peek(&capture, &stream, &bytes));
	capture_add(&capture, STREAM_OUT, "", 0);
	assert_false(capture_peek(&capture, &stream, &bytes));
	capture_add(&capture, STREAM_OUT, "ab", 2);
	capture_add(&capture, STREAM_OUT, "c", 1);
	capture_add(&capture, STREAM_ERR, "d", 1);
	capture_add(&capture, STREAM_OUT, "e", 1);
	assert_int_equal(capture_size(&capture), 5);
	assert_next(&capture, STREAM_OUT, "abc");
	capture_take(&capture, 2);
	assert_next(&capture, STREAM_OUT, "c");
	assert_int_equal(capture_size(&capture), 3);
	capture_take(&capture, 1);
	assert_next(&capture, STREAM_ERR, "d");
	capture_take(&capture, 1);
	capture_add(&capture, STREAM_OUT, "f", 1);
	assert_next(&capture, STREAM_OUT, "ef");
	capture_take(&capture, 2);
	assert_int_equal(capture_size(&capture), 0);
	assert_false(capture_peek(&capture, &stream, &bytes));
	capture_add(&capture, STREAM_ERR, "g", 1);
	assert_next(&capture, STREAM_ERR, "g");
	capture_release(&capture);
	assert_int_equal(capture_size(&capture), 0);
	assert_false(capture_peek(&capture, &stream, &bytes));
}

/* What comes out is what went in, byte for byte and stream for stream, however it is cut. */
static void test_against_a_model(MR_UNUSED void **state)
{
	for (uint32_t start = 1; start <= 30; start++) {
		uint32_t seed = start;
		struct capture capture = CAPTURE_INIT;
		struct str model = STR_INIT, streams = STR_INIT;
		for (int step = 0; step < 400; step++) {
			enum stream stream = next_random(&seed) % 2 ? STREAM_OUT : STREAM_ERR;
			struct slice bytes;
			size_t len = next_random(&seed) % (next_random(&seed) % 20 ? 50 : 40000);
			if (next_random(&seed) % 5 < 3) {
				size_t before = model.len;
				for (size_t i = 0; i < len; i++) {
					str_addc(&model, (char)next_random(&seed));
					str_addc(&streams, (char)stream);
				}
				capture_add(&capture, stream, str_cstr(&model) + before, len);
			} else if (capture_peek(&capture, &stream, &bytes)) {
				assert_true(bytes.len && bytes.len <= model.len);
				len = len % bytes.len + 1;
				assert_memory_equal(bytes.ptr, model.data, bytes.len);
				for (size_t i = 0; i < bytes.len; i++)
					assert_int_equal(streams.data[i], stream);
				capture_take(&capture, len);
				str_consume(&model, len);
				str_consume(&streams, len);
			}
			assert_int_equal(capture_size(&capture), model.len);
		}
		capture_release(&capture);
		str_release(&model);
		str_release(&streams);
	}
}

/* A megabyte a byte at a time, streams alternating: what was taken makes room again. */
static void test_memory_is_used_again(MR_UNUSED void **state)
{
	struct capture capture = CAPTURE_INIT;
	static char block[1000];
	enum stream stream;
	struct slice bytes;
	for (int i = 0; i < 10000; i++) {
		capture_add(&capture, i % 2 ? STREAM_OUT : STREAM_ERR, block, sizeof block);
		capture_add(&capture, i % 2 ? STREAM_ERR : STREAM_OUT, block, sizeof block);
		assert_true(capture_peek(&capture, &stream, &bytes));
		capture_take(&capture, bytes.len);
		while (capture_size(&capture) > 100000 && capture_peek(&capture, &stream, &bytes))
			capture_take(&capture, bytes.len);
	}
	assert_true(capture.bytes.cap < 2000000);
	assert_true(capture.run_cap < 2000);
	capture_release(&capture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_against_a_model),
	    cmocka_unit_test(test_memory_is_used_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
