"""Made-up people are well formed, always the same, and nobody's."""

from mumpuni.simulation.names import FOR_WOMEN, NOWHERE, people


def test_the_same_seed_makes_the_same_people() -> None:
    assert list(people(5, seed=3)) == list(people(5, seed=3))
    assert list(people(5, seed=3)) != list(people(5, seed=4))


def test_numbers_agree_with_sex_and_birth_and_name_no_district() -> None:
    for person in people(200, seed=1):
        day = int(person.nik[6:8])
        assert len(person.nik) == 16
        assert person.nik.startswith(NOWHERE)
        assert (day > FOR_WOMEN) == (person.sex == "female")
        assert day % FOR_WOMEN == person.born_on.day
        assert person.nik[8:12] == f"{person.born_on:%m%y}"


def test_no_two_people_share_a_number_or_an_address() -> None:
    crowd = [person for seed in range(5) for person in people(99, seed)]

    assert len({person.nik for person in crowd}) == len(crowd)
    assert len({person.email for person in crowd}) == len(crowd)
