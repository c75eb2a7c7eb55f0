"""The addresses of logging in and out, and of managing people and keys."""

from django.urls import path

from accounts.views import keys, login, offices, people, second_factor

app_name = "accounts"
urlpatterns = [
    path("login/", login.login_page, name="login"),
    path("logout/", login.logout_page, name="logout"),
    path("office/", login.office_page, name="switch_office"),
    path("password/", login.password_page, name="password"),
    path("login/code/", second_factor.code_page, name="code"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("keys/", keys.keys, name="keys"),
    path("keys/new/", keys.new_key, name="new_key"),
    path("keys/<int:pk>/revoke/", keys.revoke, name="revoke_key"),
    path("keys/<int:pk>/networks/", keys.bind, name="bind_key"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/offices/", offices.grant, name="grant_office"),
    path("people/<int:pk>/<slug:act>/", people.person_act, name="person_act"),
    path("offices/<int:pk>/end/", offices.end, name="end_office"),
    path("offices/<int:pk>/manager/", offices.manage, name="manage_office"),
]
