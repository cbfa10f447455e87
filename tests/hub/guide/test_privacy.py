from django.apps import apps

from hub.guide.values.people import OTHERS, TABLES, columns, tables_about_people


def test_every_table_that_points_to_people_is_explained():
    assert set(tables_about_people()) - set(TABLES) == set()


def test_no_table_is_explained_that_is_not_there():
    labels = {model._meta.label for model in apps.get_models()}

    assert (set(TABLES) | set(OTHERS)) - labels == set()
    assert set(TABLES) <= set(tables_about_people())


def test_the_columns_are_those_of_the_models():
    assert {"username", "email", "password", "last_login"} <= set(
        columns(apps.get_model("accounts.User"))
    )
