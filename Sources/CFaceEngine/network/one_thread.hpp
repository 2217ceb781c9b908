#pragma once

// Declared here because clang does not find GCC's omp.h; libgomp is what Debian's oneDNN uses.
extern "C" {
int omp_get_max_threads(void);
void omp_set_num_threads(int);
}

namespace afe {

/// While it lives, OpenMP uses the calling thread alone. Other threads are not concerned: the number belongs to each.
class one_thread {
public:
    one_thread() : before(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~one_thread() { omp_set_num_threads(before); }
    one_thread(const one_thread &) = delete;
    one_thread &operator=(const one_thread &) = delete;

private:
    const int before;
};

}  // namespace afe
