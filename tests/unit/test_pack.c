/* Packs whose index is damaged. What is whole is compared with git by others. */
#include "fixture.h"

#include "git/pack.h"

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

static void add32(struct str *to, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		str_addc(to, (char)(number >> shift));
}

static void write_file(const char *dir, const char *name, struct str *bytes)
{
	char *path = path_join(dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(file_write_fd(fd, bytes->data, bytes->len), 0);
	assert_int_equal(close(fd), 0);
	str_release(bytes);
	free(path);
}

/* A pack without objects, whose index has these names all the same; known is what its fan-out says of all but the last byte. */
static struct pack *make_pack(const char *dir, const struct oid *names, uint32_t count, uint32_t known)
{
	static const char checksums[2 * OID_BYTES];
	struct str idx = STR_INIT, data = STR_INIT;
	str_add(&idx, "\377tOc\0\0\0\2", 8);
	for (int i = 0; i < 256; i++)
		add32(&idx, i < 255 ? known : count);
	for (uint32_t i = 0; i < count; i++)
		str_add(&idx, names[i].bytes, OID_BYTES);
	for (uint32_t i = 0; i < 2 * count; i++) /* CRCs and offsets */
		add32(&idx, 12);
	str_add(&idx, checksums, sizeof checksums);
	str_add(&data, "PACK\0\0\0\2", 8);
	add32(&data, count);
	str_add(&data, checksums, OID_BYTES);
	write_file(dir, "pack-1.idx", &idx);
	write_file(dir, "pack-1.pack", &data);
	struct err err = ERR_INIT;
	struct pack *pack = NULL;
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (pack_open(&pack, fd, "pack-1.idx", &err))
		fail_msg("%s", err_text(&err));
	close(fd);
	return pack;
}

/* The most similar other object is never the object itself. */
static void test_named_twice(void **state)
{
	const struct oid names[] = {{"\xff\x12\x33"}, {"\xff\x12\x34"}, {"\xff\x12\x34"}};
	struct pack *pack = make_pack(*state, names, LENGTH(names), 0);
	assert_int_equal(pack_common_digits(pack, &names[1]), 5);
	pack_close(pack);
}

static void test_not_in_the_fanout(void **state)
{
	const struct oid names[] = {{"\x12"}, {"\x13"}};
	struct pack *pack = make_pack(*state, names, LENGTH(names), 0);
	uint32_t position;
	assert_false(pack_find(pack, &names[1], &position));
	assert_int_equal(pack_common_digits(pack, &names[0]), 0);
	pack_close(pack);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_SCRATCH(test_named_twice),
	    IN_SCRATCH(test_not_in_the_fanout),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
